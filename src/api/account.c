/*
 * account: what rules, skips and keyed arrays did in a run, and the places that they hid.
 */
#include "api/outcome.h"
#include "engine/explain.h"

#include <string.h>

void dvg_context_keep_account(dvg_context *context, size_t places)
{
    if (context == NULL)
        return;
    context->audit = true;
    context->hidden_most = places;
}

/* Skips, those that documents list as one, and keyed arrays. */
static size_t entry_count(const dvg_rules *rules)
{
    return rules->skip_count + (rules->skip_from_document != NULL) + rules->keyed_count;
}

size_t dvg_result_account_count(const dvg_result *result)
{
    return result->rules->rule_count + entry_count(result->rules);
}

static void tell_rule(const dvg_result *result, size_t index, dvg_account *account)
{
    const dvg_rule *rules = result->rules->rules;
    const dvg_rule *rule = &rules[index];
    const dvg_rule_count *count = &result->ruling.counts[index];
    account->kind = DVG_ACCOUNT_RULE;
    account->name = rule->name;
    account->file = rule->file;
    account->at = rule->at;
    account->effects = rule->effect_names;
    account->why = rule->why;
    account->counted = true;
    account->hits = count->hits;
    account->left_nodes = count->nodes[0];
    account->right_nodes = count->nodes[1];
    account->shadowed = count->shadowed;
    if (count->shadow != DVG_RULE_NONE)
        account->shadowed_by = rules[count->shadow].name;
}

/* ---------------------------------------------------------------- entries */

static const char *name_file(const char *file) { return strcmp(file, "*") == 0 ? NULL : file; }

static void tell_skip(const dvg_rules *rules, size_t index, dvg_account *account)
{
    account->kind = DVG_ACCOUNT_SKIP;
    account->name = "skip";
    account->effects = "ignore";
    account->at = rules->skip_from_document;
    if (index == rules->skip_count) {
        account->name = "skip.from_document";
        return;
    }
    account->file = name_file(rules->skips[index].file);
    account->at = rules->skips[index].entry;
}

static void tell_keyed(const dvg_keyed *keyed, dvg_account *account)
{
    account->kind = DVG_ACCOUNT_KEYED;
    account->name = "keyed";
    account->file = name_file(keyed->file);
    account->at = keyed->field;
    account->effects = keyed->key;
}

static void tell_count(const dvg_result *result, size_t entry, dvg_account *account)
{
    if (!result->audit.on)
        return;
    account->counted = true;
    account->hits = result->audit.entries[entry].hits;
    account->left_nodes = result->audit.entries[entry].nodes[0];
    account->right_nodes = result->audit.entries[entry].nodes[1];
}

bool dvg_result_account_get(const dvg_result *result, size_t index, dvg_account *account)
{
    if (result == NULL || account == NULL || index >= dvg_result_account_count(result))
        return false;
    const dvg_rules *rules = result->rules;
    size_t skips = rules->skip_count + (rules->skip_from_document != NULL);
    memset(account, 0, sizeof *account);
    if (index < rules->rule_count) {
        tell_rule(result, index, account);
        return true;
    }
    index -= rules->rule_count;
    if (index < skips) {
        tell_skip(rules, index, account);
        tell_count(result, index, account);
        return true;
    }
    tell_keyed(&rules->keyed[index - skips], account);
    tell_count(result, rules->skip_count + 1 + index - skips, account);
    return true;
}

/* ---------------------------------------------------------------- hidden places */

size_t dvg_result_hidden_count(const dvg_result *result) { return result->audit.hidden_count; }

static void add_escaped(dvg_buffer *line, const char *text, size_t size)
{
    char escaped[1024];
    dvg_line_escape(escaped, sizeof escaped, text, size);
    dvg_buffer_add_text(line, escaped);
}

static void add_who(dvg_buffer *line, const dvg_result *result, const dvg_hidden *hidden)
{
    if (hidden->rule == DVG_RULE_NONE) {
        dvg_buffer_add_text(line, "the skip \"");
        add_escaped(line, hidden->entry, strlen(hidden->entry));
        dvg_buffer_add_text(line, "\"");
        return;
    }
    const dvg_rule *rule = &result->rules->rules[hidden->rule];
    add_escaped(line, rule->name, strlen(rule->name));
    if (rule->why == NULL)
        return;
    dvg_buffer_add_text(line, " (");
    add_escaped(line, rule->why, strlen(rule->why));
    dvg_buffer_add_text(line, ")");
}

static void add_hidden(dvg_buffer *line, const dvg_result *result, const dvg_hidden *hidden)
{
    dvg_buffer path;
    const char *file = result->files[hidden->file].name;
    dvg_buffer_init(&path, &result->allocator);
    dvg_path_render(&path, hidden->path, &result->allocator);
    add_escaped(line, file, strlen(file));
    dvg_buffer_add_text(line, ": ");
    add_escaped(line, path.size > 0 ? path.data : "", path.size);
    dvg_buffer_add_text(line, hidden->path == NULL ? "all: hidden by " : ": hidden by ");
    add_who(line, result, hidden);
    dvg_buffer_add_text(line, ", ");
    dvg_buffer_add_u64(line, hidden->nodes[0]);
    dvg_buffer_add_text(line, " values and names left, ");
    dvg_buffer_add_u64(line, hidden->nodes[1]);
    dvg_buffer_add_text(line, " right");
    line->failed = line->failed || path.failed;
    dvg_buffer_clear(&path);
}

dvg_status dvg_result_hidden_line(dvg_result *result, size_t index, dvg_text *line,
                                  dvg_error *error)
{
    dvg_status status =
        dvg_require(error, result != NULL && line != NULL && index < result->audit.hidden_count,
                    "no result, or no such hidden place");
    if (status != DVG_OK)
        return status;
    dvg_buffer *text = &dvg_result_outcome(result)->hidden;
    dvg_outcome_rewind(text);
    add_hidden(text, result, &result->audit.hidden[index]);
    return dvg_outcome_lend(line, text, error);
}

/* ---------------------------------------------------------------- one place */

dvg_status dvg_result_explain(dvg_result *result, const char *file, const char *path,
                              dvg_text *words, bool *counts, dvg_error *error)
{
    bool concerned = false;
    dvg_status status = dvg_require(
        error, result != NULL && file != NULL && path != NULL && words != NULL && result->audit.on,
        "no result, no account, no file, no path, or no place for the words");
    if (status != DVG_OK)
        return status;
    dvg_buffer *text = &dvg_result_outcome(result)->words;
    dvg_outcome_rewind(text);
    status = dvg_explain_place(text, &concerned, result, file, path, error);
    if (status != DVG_OK)
        return status;
    if (counts != NULL)
        *counts = concerned;
    return dvg_outcome_lend(words, text, error);
}
