/*
 * Replays inputs through a fuzz target where there is no libFuzzer: every file named, and every
 * file in the folders named, one level deep. Ends 1 if there was no input at all, since a target
 * that saw nothing proved nothing.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static unsigned long inputs;

static void give_up(const char *path)
{
    fprintf(stderr, "%s: cannot be read\n", path);
    exit(1);
}

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        give_up(path);
    long end = ftell(file);
    if (end < 0 || fseek(file, 0, SEEK_SET) != 0)
        give_up(path);
    size_t size = (size_t)end;
    /* Of exactly that size, so that a sanitizer sees a read beyond it. */
    uint8_t *data = malloc(size > 0 ? size : 1);
    if (data == NULL || fread(data, 1, size, file) != size)
        give_up(path);
    fclose(file);
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    inputs++;
}

static void replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    if (folder == NULL)
        give_up(path);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char name[4096];
        struct stat status;
        if (entry->d_name[0] == '.')
            continue;
        int length = snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (length < 0 || (size_t)length >= sizeof name || stat(name, &status) != 0)
            give_up(entry->d_name);
        if (S_ISREG(status.st_mode))
            replay_file(name);
    }
    closedir(folder);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct stat status;
        if (stat(argv[i], &status) != 0)
            give_up(argv[i]);
        if (S_ISDIR(status.st_mode))
            replay_folder(argv[i]);
        else
            replay_file(argv[i]);
    }
    printf("%lu inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
