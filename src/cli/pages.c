/*
 * pages: see pages.h. What is free in the spans ("holes") stands in a list of its own, in the order
 * of addresses: a word in front of a block or in a hole would be a page that is touched for
 * nothing. Invariant: no two holes touch; every block lies in a span or is the C library's.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MAP_NORESERVE */
#include "pages.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

/* AddressSanitizer watches over blocks of the C library only. */
#if defined(__SANITIZE_ADDRESS__)
#define WATCHED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED true
#endif
#endif
#if !defined(WATCHED)
#define WATCHED false
#endif

#define LARGE ((size_t)128 << 10)
#define GRAIN ((size_t)64)            /* a line of cache: what sizes are rounded up to */
#define SPAN_LEAST ((size_t)64 << 20) /* of addresses; pages come when they are touched */

enum { SPANS = 64, HOLES = 512, HEAP_LEAST = 384 << 10 };

struct stretch {
    uintptr_t begin, end;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct stretch spans[SPANS]; /* their addresses are never given back */
static uintptr_t touched[SPANS];    /* up to where each was ever in use */
static atomic_size_t span_count;    /* read without the lock */
static struct stretch holes[HOLES]; /* lowest address first */
static size_t hole_count;

#if defined(__GLIBC__)

/* What every run needs of the heap, in one call instead of a fault for each page. */
static void fill_heap(void)
{
#if defined(MADV_POPULATE_WRITE)
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    void *first = malloc(page);
    uintptr_t begin = ((uintptr_t)first + page - 1) / page * page;
    if (first != NULL && !WATCHED && begin + HEAP_LEAST <= (uintptr_t)sbrk(0))
        (void)madvise((void *)begin, HEAP_LEAST, MADV_POPULATE_WRITE);
    free(first);
#endif
}

#endif

void dvg_pages_start(void)
{
#if defined(__GLIBC__)
    /* One heap for both threads: a second one would be made of fresh pages only. It grows by wide
     * steps and never shrinks. */
    (void)mallopt(M_ARENA_MAX, 1);
    (void)mallopt(M_TOP_PAD, 1 << 20);
    (void)mallopt(M_TRIM_THRESHOLD, 1 << 30);
    fill_heap();
#endif
}

static uintptr_t round_up(uintptr_t size, size_t step) { return (size + step - 1) / step * step; }

/* ---- holes */

/* The first hole that ends behind an address. */
static size_t hole_behind(uintptr_t address)
{
    size_t i = 0;
    while (i < hole_count && holes[i].end <= address)
        i++;
    return i;
}

static void remove_hole(size_t index)
{
    hole_count--;
    memmove(holes + index, holes + index + 1, (hole_count - index) * sizeof *holes);
}

/* Put a stretch among the holes, and join it with its neighbours. Where the list is full it is
 * lost, which costs addresses. */
static void add_hole(uintptr_t begin, uintptr_t end)
{
    size_t i = hole_behind(begin);
    if (i < hole_count && holes[i].begin == end) {
        end = holes[i].end;
        remove_hole(i);
    }
    if (i > 0 && holes[i - 1].end == begin) {
        holes[i - 1].end = end;
    } else if (hole_count < HOLES) {
        memmove(holes + i + 1, holes + i, (hole_count - i) * sizeof *holes);
        holes[i] = (struct stretch){begin, end};
        hole_count++;
    }
}

/* Take the first bytes of a hole. */
static void take_from(size_t index, size_t size)
{
    holes[index].begin += size;
    if (holes[index].begin == holes[index].end)
        remove_hole(index);
}

/* ---- spans */

static const struct stretch *span_of(const void *block)
{
    uintptr_t address = (uintptr_t)block;
    for (size_t i = atomic_load_explicit(&span_count, memory_order_acquire); i > 0; i--)
        if (address - spans[i - 1].begin < spans[i - 1].end - spans[i - 1].begin)
            return &spans[i - 1];
    return NULL;
}

/* 0: the system has none. */
static uintptr_t reserve(size_t size)
{
    void *room = mmap(NULL, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return room == MAP_FAILED ? 0 : (uintptr_t)room;
}

static bool add_span(size_t need)
{
    size_t count = atomic_load(&span_count);
    size_t size = need < SPAN_LEAST ? SPAN_LEAST : need;
    uintptr_t begin = count < SPANS ? reserve(size) : 0;
    if (begin == 0)
        return false;
    spans[count] = (struct stretch){begin, begin + size};
    touched[count] = begin;
    atomic_store(&span_count, count + 1);
    add_hole(begin, begin + size);
    return true;
}

/* ---- blocks */

static size_t find_hole(size_t size)
{
    size_t i = 0;
    while (i < hole_count && holes[i].end - holes[i].begin < size)
        i++;
    return i;
}

static void *take(size_t size)
{
    size_t index = find_hole(size);
    if (index == hole_count && (!add_span(size) || (index = find_hole(size)) == hole_count))
        return NULL;
    uintptr_t block = holes[index].begin;
    take_from(index, size);
    return (void *)block;
}

/* Make a block smaller, or larger where the hole behind it allows it. */
static bool resize(uintptr_t block, size_t old_size, size_t size)
{
    if (size < old_size)
        add_hole(block + size, block + old_size);
    if (size <= old_size)
        return true;
    size_t index = hole_behind(block);
    if (index == hole_count || holes[index].begin != block + old_size ||
        holes[index].end - holes[index].begin < size - old_size)
        return false;
    take_from(index, size - old_size);
    return true;
}

static void note_touched(uintptr_t block, size_t size)
{
    const struct stretch *span = span_of((const void *)block);
    if (span != NULL && touched[span - spans] < block + size)
        touched[span - spans] = block + size;
}

/* Room for a block: where the old one is, if that is ours and can be resized. NULL: none. */
static void *place(void *ours, size_t old_size, size_t size)
{
    if (size > SIZE_MAX / 4)
        return NULL;
    size = round_up(size, GRAIN);
    (void)pthread_mutex_lock(&lock);
    void *block = ours;
    if (ours == NULL || !resize((uintptr_t)ours, round_up(old_size, GRAIN), size))
        block = take(size);
    note_touched((uintptr_t)block, size);
    (void)pthread_mutex_unlock(&lock);
    return block;
}

static void give_back(void *block, size_t size)
{
    (void)pthread_mutex_lock(&lock);
    add_hole((uintptr_t)block, (uintptr_t)block + round_up(size, GRAIN));
    (void)pthread_mutex_unlock(&lock);
}

static void *from_library(void *pointer, size_t size)
{
    if (size > 0)
        return realloc(pointer, size);
    free(pointer);
    return NULL;
}

/* A block of the C library becomes a large one. */
static void *take_over(void *pointer, size_t old_size, size_t size)
{
    void *block = place(NULL, 0, size);
    if (block == NULL)
        return realloc(pointer, size);
    if (pointer != NULL)
        memcpy(block, pointer, old_size < size ? old_size : size);
    free(pointer);
    return block;
}

/* A block of ours in another size; it stays ours however small it gets. */
static void *again(void *pointer, size_t old_size, size_t size)
{
    void *block = place(pointer, old_size, size);
    if (block == pointer)
        return block;
    if (block == NULL)
        block = malloc(size);
    if (block == NULL)
        return NULL;
    memcpy(block, pointer, old_size);
    give_back(pointer, old_size);
    return block;
}

void *dvg_pages_allocate(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    if (pointer == NULL || span_of(pointer) == NULL)
        return new_size < LARGE || WATCHED ? from_library(pointer, new_size)
                                           : take_over(pointer, old_size, new_size);
    if (new_size > 0)
        return again(pointer, old_size, new_size);
    give_back(pointer, old_size);
    return NULL;
}

/* ---- the end */

#define WORTH_A_THREAD ((size_t)4 << 20) /* bytes that were ever in use */

static struct {
    pthread_t thread;
    bool runs;
    dvg_pages_release_fn release;
    void *payload;
    struct stretch holes[HOLES]; /* on their way to the system */
    size_t count;
} leaving;

/* Nobody gets a block that is emptied behind his back: what leaves is no hole any more. */
static void take_holes(void)
{
    (void)pthread_mutex_lock(&lock);
    for (size_t i = 0; i < hole_count; i++) {
        struct stretch hole = holes[i];
        uintptr_t end = touched[span_of((const void *)hole.begin) - spans];
        hole.end = hole.end < end ? hole.end : end;
        if (hole.begin < hole.end)
            leaving.holes[leaving.count++] = hole;
    }
    hole_count = 0;
    (void)pthread_mutex_unlock(&lock);
}

/* Addresses stay ours: another mapping among them would pass for a block of a span. */
static void *leave(void *payload)
{
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    (void)payload;
    leaving.release(leaving.payload);
    take_holes();
    for (size_t i = 0; i < leaving.count; i++) {
        uintptr_t begin = round_up(leaving.holes[i].begin, page);
        uintptr_t end = leaving.holes[i].end / page * page;
        if (begin < end)
            (void)madvise((void *)begin, end - begin, MADV_DONTNEED);
    }
    return NULL;
}

static bool is_worth_a_thread(void)
{
    size_t size = 0;
    (void)pthread_mutex_lock(&lock);
    for (size_t i = 0; i < atomic_load(&span_count); i++)
        size += touched[i] - spans[i].begin;
    (void)pthread_mutex_unlock(&lock);
    return size >= WORTH_A_THREAD;
}

/* Signals are for the program's own thread. */
static bool start(void)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return false;
    bool started = pthread_create(&leaving.thread, NULL, leave, NULL) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

void dvg_pages_begin_return(dvg_pages_release_fn release, void *payload, bool threaded)
{
    dvg_pages_end_return();
    leaving.release = release;
    leaving.payload = payload;
    leaving.count = 0;
    leaving.runs = threaded && is_worth_a_thread() && start();
    if (!leaving.runs)
        release(payload);
}

void dvg_pages_end_return(void)
{
    if (leaving.runs)
        (void)pthread_join(leaving.thread, NULL);
    leaving.runs = false;
}
