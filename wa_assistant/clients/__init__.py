"""The world outside: the only modules that import an SDK. They classify, the caller decides."""
