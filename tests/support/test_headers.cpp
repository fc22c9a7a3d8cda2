// The precompiled headers of the tests hang on a target, and it on a source.
