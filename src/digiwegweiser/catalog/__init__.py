"""Reading and checking the catalogue of offers."""
