/*
 * frame: what the walk keeps for one pair of containers that it is inside of, and the walker
 * itself. Private to diff/.
 * Invariant: a frame's children that still need work stand in walker->pairs[first..last).
 */
#ifndef DVG_DIFF_FRAME_H
#define DVG_DIFF_FRAME_H

#include "base/bytes.h"
#include "diff/alike.h"
#include "diff/walk.h"
#include "value/cell.h"
#include "value/members.h"

/* Two values that stand at one place, and the step that leads to it. */
struct dvg_pair {
    const dvg_cell *left, *right;
    dvg_text name;       /* member: the name; keyed: the key's text, for sorting */
    const dvg_cell *key; /* member: the name's cell; keyed: the key, NULL if there is none */
    uint32_t index[2];   /* where the elements stand; UINT32_MAX: on that side there is none */
    bool key_is_left;    /* which document `key` belongs to */
    bool again;          /* one of several occurrences of a key or name */
    bool keyless;        /* elements of a keyed array that have no key */
    bool equal;          /* elements of a listed array that were counted already */
    bool moved;          /* such that stand elsewhere on the other side */
    const char *renamed; /* member: its name on the right, where that is another one, else NULL */
    bool made_key;       /* `key` is of a document of its own: see dvg_made_key */
};

/* A key that no document holds, several members in one text: behind its cell. */
struct dvg_made_key {
    dvg_cell cell;
    dvg_document document;
};

/* A key that was inferred, in the walker's arena of steps. */
struct dvg_inferred_key {
    dvg_keyed keyed;
    struct dvg_inferred_key *next;
};

enum dvg_frame_kind {
    DVG_FRAME_OBJECT,
    DVG_FRAME_KEYED,
    DVG_FRAME_POSITION, /* elements as they come */
    DVG_FRAME_LISTED    /* pairs of elements, and such that one side has alone */
};

struct dvg_frame {
    enum dvg_frame_kind kind;
    const dvg_keyed *way; /* of an array: how it is matched */
    /* children: pending pairs, or for a sequence the next elements */
    size_t first, next, last;
    bool probing; /* keyed: pairs are only looked through; those that differ are kept */
    bool tested;  /* inside an element that was looked through as a whole: once is enough */
    size_t kept;  /* end of the pairs that differ, from `first` on */
    const dvg_cell *left, *right;
    uint32_t index, count; /* a tape has fewer than 2^32 cells */
    /* the path of the frame's container */
    const dvg_step *step; /* made on demand: see has_step */
    bool has_step;
    struct dvg_pair place; /* how the parent leads here; unused in the outermost frame */
    dvg_text bare;         /* last part of the path up to its first '[' */
    bool maybe;            /* paths with this bare last part can be hidden */
    bool again, keyless;   /* inside of such a pair: what differs there is of that kind */
    bool alive;            /* a rule may hit here or below, whatever ends the path */
    bool asks;             /* rules are asked about every child */
    bool inside;           /* of what the run is restricted to, with all that stands below */
    bool watched;          /* it is not: every child has to be asked about */
};

/* Can nothing but their values decide about the children? Skips aside. */
static inline bool dvg_frame_is_plain(const struct dvg_frame *frame)
{
    return !frame->alive && !frame->watched;
}

struct dvg_walker {
    const dvg_walk *walk;
    const dvg_document *document[2];
    dvg_alike alike;
    struct dvg_frame *frames;
    size_t depth, frame_capacity;
    struct dvg_pair *pairs;
    size_t pair_count, pair_capacity;
    dvg_member *members[2]; /* working memory for one object */
    size_t member_capacity[2];
    dvg_buffer path; /* working memory for skip tests */
    uint32_t ticks;  /* until the cancel callback is asked */
    size_t probe;    /* frame whose pair is being looked through; SIZE_MAX: none */
    dvg_ledger before_probe;
    bool differs;  /* the pair that is looked through has something to report */
    dvg_hit *hits; /* that may still be undone; in order */
    size_t hit_count, hit_capacity;
    struct dvg_inferred_key *inferred;
    uint64_t *hashes[2]; /* of subtrees, by cell; NULL: none yet: subtree.c */
    bool owns_hashes[2];
    struct dvg_subtree_level *levels;
    size_t level_capacity;
    const char *note; /* for the next record; NULL: none */
    dvg_status (*run)(const dvg_walk *walk, dvg_value left, dvg_value right,
                      dvg_error *error); /* dvg_walk_run, for probes */
    size_t hiding;                       /* the hit that hides the place at hand; SIZE_MAX: none */
    bool outside;                        /* the place at hand is not looked at at all */
    dvg_status status;
    dvg_error *error;
};

/* A walker in the caller's storage, at the beginning. */
void dvg_walker_init(struct dvg_walker *walker, const dvg_walk *walk, dvg_value left,
                     dvg_value right, dvg_error *error);
void dvg_walker_clear(struct dvg_walker *walker);

/* The value of a cell of `side`; absent where there is none. */
static inline dvg_value dvg_walker_value(const struct dvg_walker *walker, int side,
                                         const dvg_cell *cell)
{
    return (dvg_value){cell == NULL ? NULL : walker->document[side], cell};
}

/* Remember a failure. Returns false. */
bool dvg_walker_fail(struct dvg_walker *walker, dvg_status status);
bool dvg_walker_out_of_memory(struct dvg_walker *walker);

/* Append a pair that needs work. False: failed. */
bool dvg_walker_add_pair(struct dvg_walker *walker, const struct dvg_pair *pair);

/* Sort the pairs from `first` to `last` by name. False: failed. */
bool dvg_pairs_sort(struct dvg_walker *walker, size_t first, size_t last);

/* If a pair is only being looked through: it has something to report, so end that. Returns whether
 * it is; the caller then returns false. */
bool dvg_walker_stop_probe(struct dvg_walker *walker);

/* The step of a frame's container, of a child of it. NULL with walker->status set: no memory; the
 * root's step is NULL too. */
const dvg_step *dvg_frame_step(struct dvg_walker *walker, size_t frame);
const dvg_step *dvg_child_step(struct dvg_walker *walker, size_t frame,
                               const struct dvg_pair *place);

/* The path text of a step, in the walker's working memory until the next call; its length is
 * walker->path.size. NULL: failed. */
const char *dvg_walker_path(struct dvg_walker *walker, const dvg_step *step);

/* Is the child, whose bare last part can be hidden, hidden by a skip or by a rule? The ledger is
 * not changed. */
bool dvg_walker_test(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                     dvg_text bare);

/* Is the child hidden by a skip or by a rule? `bare` is the bare last part of its path. Where it
 * is, dvg_walker_ignore must follow. */
static inline bool dvg_walker_hidden(struct dvg_walker *walker, size_t frame,
                                     const struct dvg_pair *place, dvg_text bare)
{
    return (dvg_skip_maybe(walker->walk->skip, bare) || walker->frames[frame].asks) &&
           dvg_walker_test(walker, frame, place, bare);
}

/* Fill in the step of a child, which nobody keeps. False: failed. */
bool dvg_child_step_on(dvg_step *step, struct dvg_walker *walker, size_t frame,
                       const struct dvg_pair *place);

/* The bare last part of the path of a child. */
dvg_text dvg_child_bare(struct dvg_walker *walker, const struct dvg_frame *frame,
                        const struct dvg_pair *place);

/* Count nodes as ignored on both sides, once as skipped. NULL: none on that side. `names` is 1
 * where a member's name goes with the value. */
void dvg_walker_ignore(struct dvg_walker *walker, const dvg_cell *left, const dvg_cell *right,
                       uint64_t names);

/* ---- restrictions: restrict.c */

/* Is the place outside of what the run is restricted to? Where it is, dvg_walker_ignore must
 * follow. */
bool dvg_walker_outside_of(struct dvg_walker *walker, const struct dvg_pair *place,
                           const dvg_step *step);
bool dvg_walker_outside_child(struct dvg_walker *walker, size_t frame,
                              const struct dvg_pair *place);

static inline bool dvg_walker_outside(struct dvg_walker *walker, size_t frame,
                                      const struct dvg_pair *place)
{
    return walker->walk->scope != NULL && !walker->frames[frame].inside &&
           dvg_walker_outside_child(walker, frame, place);
}

/* The frame was just pushed: find out whether it is inside. False: failed. */
bool dvg_frame_restrict(struct dvg_walker *walker, size_t frame);

/* Is it a divergence about the order of an array, just opened, that is only on the way to what is
 * looked at, and whose elements are named by their keys wherever they stand? */
bool dvg_walker_beside(struct dvg_walker *walker, size_t frame, const dvg_step *step,
                       dvg_kind kind);

/* ---- rules: ruled.c */

/* The frame was just pushed: find out whether rules may hit below it. False: failed. */
bool dvg_frame_settle(struct dvg_walker *walker, size_t frame);

/* How the array of a frame is matched: by a rule, by its bare name, or as the profile has it. */
const dvg_keyed *dvg_frame_match(struct dvg_walker *walker, size_t frame);

/* A way that takes no key. */
const dvg_keyed *dvg_match_by(dvg_matching matching);

/* Is the place hidden by a rule? NULL is the root. */
bool dvg_walker_ruled(struct dvg_walker *walker, const dvg_step *step);

/* Remember that a rule decided (DVG_RULE_NONE: none did), with those that would have decided the
 * same. False: failed. */
bool dvg_walker_credit(struct dvg_walker *walker, dvg_effect effect, const dvg_step *step,
                       uint32_t rule);

/* May rules say when values are equal at a child of `frame`? `bare` is the bare last part of its
 * path; SIZE_MAX is where the walk began. */
static inline bool dvg_walker_lenient(const struct dvg_walker *walker, size_t frame, dvg_text bare)
{
    const dvg_ruling *ruling = walker->walk->ruling;
    return ruling != NULL && (ruling->places & DVG_EFFECTS_OF_EQUALITY) != 0 &&
           (frame == SIZE_MAX || walker->frames[frame].asks ||
            dvg_skip_maybe(walker->walk->skip, bare));
}

/* Are the two scalars at such a child the same under these rules? `same` is what dvg_walker_same
 * says. Counts what rules call equal. */
bool dvg_walker_lenient_same(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                             bool same);

/* Is a member that only one side has none under these rules, since it is null? Counts it if so. */
bool dvg_walker_null_absent(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place);

/* Give members of the left object, listed with `count` members of both, the names that they have on
 * the right by rules, and sort them anew. What was renamed in `*renames`; NULL: nothing. False:
 * failed. */
bool dvg_object_rename(struct dvg_walker *walker, size_t frame, const size_t count[2],
                       const dvg_rename **renames);

/* A skip's entry hides the place: worth a hit in a thorough walk. */
void dvg_walker_skipped(struct dvg_walker *walker, ptrdiff_t entry, const dvg_step *step);

/* Nothing is undone any more: tell the hits. False: failed. */
bool dvg_walker_tell(struct dvg_walker *walker);

/* Report a divergence at a child of `frame`; NULL cells are absent values. False: failed. */
bool dvg_walker_report(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                       dvg_kind kind, const dvg_cell *left, const dvg_cell *right);

/* Report an element of a child of `frame` that has no partner on the other side, and count it.
 * False: failed. */
bool dvg_walker_report_alone(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place);

/* Count two values that are the same, with all that is in them. */
static inline void dvg_walker_count_same(const struct dvg_walker *walker, const dvg_cell *left,
                                         const dvg_cell *right)
{
    walker->walk->ledger->side[0].compared += (uint64_t)(dvg_cell_after(left) - left);
    walker->walk->ledger->side[1].compared += (uint64_t)(dvg_cell_after(right) - right);
}

/* Compare two values at a child of `frame` whose skips have been tested: report what differs, or
 * open a frame. False: failed. */
bool dvg_walker_compare(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                        dvg_text bare);

/* Are the cells scalars that are the same, by the rules for numbers? Counts nothing. */
bool dvg_walker_equal(const struct dvg_walker *walker, dvg_cell left, dvg_cell right);

/* The same; most scalars that are equal have the same text. Only NaN differs from itself. */
static inline bool dvg_walker_same(const struct dvg_walker *walker, dvg_cell left, dvg_cell right)
{
    enum dvg_tag tag = dvg_cell_tag(left);
    if (tag == dvg_cell_tag(right) && tag >= DVG_TAG_INTEGER) {
        dvg_text text = dvg_cell_text(walker->document[0], left);
        if (dvg_text_same(text, dvg_cell_text(walker->document[1], right)) &&
            (dvg_tag_type(tag) != DVG_REAL || text.data[0] != 'N'))
            return true;
    }
    return dvg_walker_equal(walker, left, right);
}

/* Are two objects the same, as a first look finds without opening a frame? Counts their nodes if
 * so. False: perhaps not; nothing is counted. */
bool dvg_walker_quick(const struct dvg_walker *walker, const dvg_cell *left, const dvg_cell *right,
                      dvg_ledger *ledger);

/* Are two elements of a frame's arrays equal under all rules? Walks them aside. In a probe the
 * answer is yes: what differs is found where they are walked. */
bool dvg_walker_probe(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place);

/* Fill in the pending pairs of a frame that was just opened. */
bool dvg_object_open(struct dvg_walker *walker, size_t frame);
bool dvg_sequence_open(struct dvg_walker *walker, size_t frame, dvg_matching matching);
bool dvg_keyed_open(struct dvg_walker *walker, size_t frame, const dvg_cell *left,
                    const dvg_cell *right);

#endif
