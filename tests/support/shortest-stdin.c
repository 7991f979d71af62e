/*
 * shortest-stdin: reads bit patterns of doubles, 16 hexadecimal digits a line, and prints the
 * shortest text of each. `shortest-stdin --time N` prints the nanoseconds a text takes instead,
 * over N doubles of several kinds. For checks against another implementation; not part of a test.
 */
#include "value/shortest.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static uint64_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return *state ^ *state >> 29;
}

static double sample(int kind, uint64_t *state)
{
    uint64_t random = next_random(state);
    switch (kind) {
    case 0:
        return (double)(random >> 40);
    case 1:
        return (double)(random >> 44) / 100;
    case 2:
        return (double)(random >> 11) / 9007199254740992.0;
    default:
        return from_bits(random & ~(1ull << 62));
    }
}

static void measure(long count)
{
    static const char *const kinds[] = {"integers", "cents", "0 to 1", "any below 2"};
    char text[DVG_DOUBLE_REPR_SIZE];
    for (int kind = 0; kind < 4; kind++) {
        uint64_t state = 1;
        size_t bytes = 0;
        clock_t start = clock();
        for (long i = 0; i < count; i++)
            bytes += dvg_double_repr(text, sample(kind, &state));
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        printf("%-12s %6.1f ns, %zu bytes\n", kinds[kind], seconds * 1e9 / (double)count, bytes);
    }
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--time") == 0) {
        measure(strtol(argv[2], NULL, 10));
        return 0;
    }
    char line[64];
    char text[DVG_DOUBLE_REPR_SIZE];
    while (fgets(line, sizeof line, stdin) != NULL) {
        dvg_double_repr(text, from_bits(strtoull(line, NULL, 16)));
        puts(text);
    }
    return ferror(stdin) != 0;
}
