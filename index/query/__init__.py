"""The query language: lexer, parser, AST, fields, filters and expansion."""
