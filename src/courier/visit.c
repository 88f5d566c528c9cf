#include "courier/visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VISIT_BYTES_MAX = 1024 * 1024 * 1024 };

void
visit_open(struct visit *visit, const struct partner *partner, const struct mailbox *mailbox)
{
    *visit = (struct visit){.partner = partner, .mailbox = mailbox};
    arena_init(&visit->arena, VISIT_BYTES_MAX);
}

void
visit_close(struct visit *visit)
{
    arena_close(&visit->arena);
}

bool
visit_claims(const struct visit *visit)
{
    return visit->mailbox->kind == MAILBOX_FOLDER && visit->mailbox->afterwards == AFTER_DELETE;
}

struct task *
visit_add(struct visit *visit, struct queue *queue, enum parcel_kind kind,
          const struct arrival_key *key)
{
    queue->tasks = arena_grow(&visit->arena, queue->tasks, sizeof *queue->tasks, queue->count,
                              &queue->capacity);
    struct task *task = &queue->tasks[queue->count++];
    *task = (struct task){.kind = kind, .key = *key, .spool = ""};
    task->key.partner = visit->partner->id;
    task->key.mailbox = visit->mailbox->name;
    task->key.name = arena_copy(&visit->arena, key->name);
    return task;
}

static bool
give_from(struct visit *visit, struct queue *queue, struct member *member)
{
    while (queue->next < queue->count && queue->tasks[queue->next].is_done) {
        queue->next++;
    }
    if (queue->next == queue->count) {
        return false;
    }
    struct task *task = &queue->tasks[queue->next];
    struct parcel parcel = {
        .kind = (int32_t)task->kind,
        .key = (int64_t)queue->next * 2 + (queue == &visit->settles),
        .size = task->key.size,
        .mtime_s = task->key.mtime_s,
    };
    snprintf(parcel.spool, sizeof parcel.spool, "%s", task->spool);
    parcel_text(&parcel, task->key.name);
    task->given_to = member;
    queue->next++;
    crew_ask(member, &parcel);
    return true;
}

bool
visit_give(struct visit *visit, struct member *member)
{
    return give_from(visit, &visit->settles, member) || give_from(visit, &visit->files, member);
}

struct task *
visit_task(struct visit *visit, const struct member *member, int64_t key)
{
    struct queue *queue = key % 2 == 0 ? &visit->files : &visit->settles;
    if (key < 0 || (size_t)(key / 2) >= queue->count) {
        return NULL;
    }
    struct task *task = &queue->tasks[key / 2];
    return task->given_to == member && !task->is_done ? task : NULL;
}

size_t
visit_left(const struct visit *visit)
{
    return visit->files.count - visit->files.next + visit->settles.count - visit->settles.next;
}

static void
take_back(struct visit *visit, struct queue *queue, const struct member *member)
{
    const size_t count = queue->next;
    for (size_t index = 0; index < count; index++) {
        if (queue->tasks[index].given_to == member && !queue->tasks[index].is_done) {
            const struct task task = queue->tasks[index];
            queue->tasks[index].is_done = true;
            struct task *again = visit_add(visit, queue, task.kind, &task.key);
            again->id = task.id;
            again->spool = task.spool;
        }
    }
}

void
visit_take_back(struct visit *visit, const struct member *member)
{
    take_back(visit, &visit->files, member);
    take_back(visit, &visit->settles, member);
}

void
visit_note_left(struct visit *visit, const struct parcel *parcel)
{
    const bool is_sound = parcel->flag >= 0 && parcel->flag < LEFT_KIND_COUNT;
    if (visit->state == VISIT_LOOKS && visit->left_count < LEFT_MAX && is_sound) {
        visit->left[visit->left_count++] =
            (struct left){arena_copy(&visit->arena, parcel->text), (enum left_kind)parcel->flag};
    }
}

static int
compare_tasks(const void *one, const void *other)
{
    return strcmp(((const struct task *)one)->key.name, ((const struct task *)other)->key.name);
}

void
visit_mark_steady(struct visit *visit, const struct parcel *seen)
{
    const struct task wanted = {.key = {.name = seen->text}};
    struct task *task = visit->files.count == 0
                            ? NULL
                            : bsearch(&wanted, visit->files.tasks, visit->files.count,
                                      sizeof wanted, compare_tasks);
    if (task != NULL) {
        task->is_steady = task->key.size == seen->size && task->key.mtime_s == seen->mtime_s;
    }
}

void
visit_keep_steady(struct visit *visit)
{
    size_t kept = 0;
    for (size_t index = 0; index < visit->files.count; index++) {
        if (visit->files.tasks[index].is_steady) {
            visit->files.tasks[kept++] = visit->files.tasks[index];
        }
    }
    visit->files.count = kept;
}
