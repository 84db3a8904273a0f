"""Tools for language models: the library's questions over the Model Context Protocol."""
