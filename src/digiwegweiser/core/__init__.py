"""Pure rules: no files, no clock, no environment, no third-party package."""
