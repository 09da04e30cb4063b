"""Tables in, tabulated matching, tables out."""
