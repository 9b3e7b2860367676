#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the fuzz target, naming the law that the input breaks; libFuzzer keeps the input.
#define OTOKUI_LAW(condition)                                                    \
    do {                                                                         \
        if (!(condition)) {                                                      \
            std::fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
            std::abort();                                                        \
        }                                                                        \
    } while (false)
