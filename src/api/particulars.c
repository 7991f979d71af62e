/*
 * particulars: gates, files and classes of a result, one by one.
 */
#include "api/outcome.h"

size_t dvg_result_gate_count(const dvg_result *result) { return result->gate_count; }

bool dvg_result_gate_get(const dvg_result *result, size_t index, dvg_gate_info *gate)
{
    if (result == NULL || gate == NULL || index >= result->gate_count)
        return false;
    const dvg_gate *made = &result->gates[index];
    gate->name = (dvg_text){made->name, made->name_size};
    gate->left = made->left;
    gate->right = made->right;
    gate->passed = made->ok;
    gate->stops = made->stop;
    return true;
}

size_t dvg_result_file_count(const dvg_result *result) { return result->file_count; }

bool dvg_result_file_get(const dvg_result *result, size_t index, dvg_file_info *file)
{
    if (result == NULL || file == NULL || index >= result->file_count)
        return false;
    const dvg_file *made = &result->files[index];
    file->name = made->name;
    file->status = dvg_file_status_name(made->status);
    file->count = dvg_result_count_in(result, index);
    return true;
}

size_t dvg_result_class_count(const dvg_result *result) { return result->rules->class_count; }

bool dvg_result_class_get(const dvg_result *result, size_t index, dvg_class_info *info)
{
    if (result == NULL || info == NULL || index >= result->rules->class_count)
        return false;
    const dvg_class *made = &result->rules->classes[index];
    info->name = made->name;
    info->title = made->title;
    info->severity = made->severity;
    info->count = result->class_counts[index];
    return true;
}
