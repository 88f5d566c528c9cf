/* The queue holds the rows of one block: cells as offsets into one run of bytes, rows as ranges of
 * cells.  A row that is cut by the end of the block stays at the front of the queue when the next
 * block comes. */
#include "intake/sheet.h"

#include "order/order.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum {
    CELL_GROWTH_BYTES = 4096,
    /* A row of the most and largest cells, and a block more. */
    QUEUE_BYTES_MAX = SHEET_CELLS_MAX * (FIELD_BYTES_MAX + 1) + 2 * DECODER_BLOCK_BYTES
};

struct queued_row {
    size_t first_cell;
    size_t cell_count;
    size_t first_byte;
    size_t end_byte;
    int64_t line;
    bool is_terminated;
};

struct sheet_queue {
    struct buf bytes;
    struct sheet_cell *cells; /* offsets in bytes */
    size_t cell_count;
    size_t cell_capacity;
    struct queued_row *rows;
    size_t row_count;
    size_t row_capacity;
    size_t next_row;
    struct queued_row open; /* being filled */
    int64_t line;           /* of the parser */
    bool after_cr;          /* the last line end was CR: an LF belongs to it */
    enum sheet_trouble trouble;
};

static void *
grow(void *array, size_t element_size, size_t length, size_t *capacity)
{
    if (length < *capacity) {
        return array;
    }
    *capacity = *capacity == 0 ? 1024 : *capacity * 2;
    void *moved = realloc(array, *capacity * element_size);
    assert(moved != NULL && "out of memory");
    return moved;
}

/* libcsv asks for larger cells in steps; refusing is how it is told that a cell is too long. */
static void *
capped_realloc(void *memory, size_t size)
{
    return size > FIELD_BYTES_MAX + CELL_GROWTH_BYTES ? NULL : realloc(memory, size);
}

static void
take_cell(void *text, size_t size, void *context)
{
    struct sheet_queue *queue = context;
    if (queue->open.cell_count == SHEET_CELLS_MAX || size > FIELD_BYTES_MAX) {
        queue->trouble = size > FIELD_BYTES_MAX ? SHEET_LONG_CELL : SHEET_MANY_CELLS;
    }
    if (queue->trouble != SHEET_FINE) {
        return;
    }
    queue->cells =
        grow(queue->cells, sizeof *queue->cells, queue->cell_count, &queue->cell_capacity);
    queue->cells[queue->cell_count++] = (struct sheet_cell){queue->bytes.size, size};
    queue->open.cell_count++;
    buf_add(&queue->bytes, text, size + 1); /* CSV_APPEND_NULL ends it */
}

static void
begin_row(struct sheet_queue *queue)
{
    queue->open = (struct queued_row){
        .first_cell = queue->cell_count, .first_byte = queue->bytes.size, .line = queue->line};
}

/* Line breaks inside the cells of a finished row. */
static int64_t
inner_lines(const struct sheet_queue *queue)
{
    const char *at = queue->bytes.bytes + queue->open.first_byte;
    const char *end = queue->bytes.bytes + queue->bytes.size;
    int64_t lines = 0;
    while (at < end && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
        lines++;
        at++;
    }
    return lines;
}

/* `ending` is the character that ended the row, -1 for the end of the file. */
static void
take_row(int ending, void *context)
{
    struct sheet_queue *queue = context;
    if (queue->trouble != SHEET_FINE) {
        return;
    }
    if (queue->open.cell_count == 0) {
        const bool second_half = ending == '\n' && queue->after_cr;
        queue->after_cr = ending == '\r';
        queue->line += ending != -1 && !second_half;
        queue->open.line = queue->line;
        return;
    }
    queue->after_cr = ending == '\r';
    queue->open.end_byte = queue->bytes.size;
    queue->open.is_terminated = ending != -1;
    queue->rows = grow(queue->rows, sizeof *queue->rows, queue->row_count, &queue->row_capacity);
    queue->rows[queue->row_count++] = queue->open;
    queue->line += inner_lines(queue) + (ending != -1);
    begin_row(queue);
}

void
sheet_open(struct sheet *sheet, struct decoder *decoder, char delimiter, const char *head,
           size_t head_size)
{
    *sheet = (struct sheet){.decoder = decoder, .block_size = head_size};
    sheet->parser = malloc(sizeof *sheet->parser);
    sheet->queue = calloc(1, sizeof *sheet->queue);
    sheet->block = malloc(DECODER_BLOCK_BYTES);
    assert(sheet->parser != NULL && sheet->queue != NULL && sheet->block != NULL);
    assert(head_size <= DECODER_BLOCK_BYTES);
    memcpy(sheet->block, head, head_size);
    const int failed =
        csv_init(sheet->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL | CSV_REPALL_NL);
    assert(failed == 0);
    csv_set_delim(sheet->parser, (unsigned char)delimiter);
    csv_set_realloc_func(sheet->parser, capped_realloc);
    csv_set_blk_size(sheet->parser, CELL_GROWTH_BYTES);
    buf_init(&sheet->queue->bytes, QUEUE_BYTES_MAX);
    sheet_set_line(sheet, 1);
}

void
sheet_set_line(struct sheet *sheet, int64_t line)
{
    sheet->queue->line = line;
    begin_row(sheet->queue);
}

/* Forget the rows that were pulled; the one that is being filled moves to the front. */
static void
make_room(struct sheet_queue *queue)
{
    const size_t kept = queue->bytes.size - queue->open.first_byte;
    if (kept > 0) {
        memmove(queue->bytes.bytes, queue->bytes.bytes + queue->open.first_byte, kept);
    }
    for (size_t index = 0; index < queue->open.cell_count; index++) {
        queue->cells[index] = queue->cells[queue->open.first_cell + index];
        queue->cells[index].offset -= queue->open.first_byte;
    }
    queue->bytes.size = kept;
    queue->cell_count = queue->open.cell_count;
    queue->open.first_cell = 0;
    queue->open.first_byte = 0;
    queue->row_count = 0;
    queue->next_row = 0;
}

static void
stop_with(struct sheet *sheet, enum sheet_trouble trouble)
{
    sheet->trouble = trouble;
    sheet->trouble_place = (struct place){sheet->queue->line + inner_lines(sheet->queue),
                                          (int64_t)sheet->queue->open.cell_count + 1};
    sheet->is_finished = true;
}

/* Parse one block more; at the end of the file, finish. */
static enum outcome
parse_block(struct sheet *sheet, struct fault *why)
{
    struct sheet_queue *queue = sheet->queue;
    if (sheet->block_size == 0) {
        TRY(decoder_read(sheet->decoder, sheet->block, &sheet->block_size, why));
    }
    const size_t size = sheet->block_size;
    sheet->block_size = 0;
    if (size == 0 && sheet->decoder->is_broken) {
        stop_with(sheet, SHEET_BROKEN_TEXT);
        return DONE;
    }
    if (size == 0) {
        const int failed = csv_fini(sheet->parser, take_cell, take_row, queue);
        sheet->is_finished = true;
        if (queue->trouble != SHEET_FINE) {
            stop_with(sheet, queue->trouble);
        } else if (failed != 0) {
            stop_with(sheet, SHEET_OPEN_QUOTE);
        }
        return DONE;
    }
    const size_t parsed = csv_parse(sheet->parser, sheet->block, size, take_cell, take_row, queue);
    if (queue->trouble != SHEET_FINE) {
        stop_with(sheet, queue->trouble);
    } else if (parsed < size) {
        const bool is_quote = csv_error(sheet->parser) == CSV_EPARSE;
        stop_with(sheet, is_quote ? SHEET_BAD_QUOTE : SHEET_LONG_CELL);
    }
    return DONE;
}

/* What is true of all bytes of a row: printable ASCII (cells end with zero), nothing but ends. */
static void
judge_bytes(struct sheet_row *row)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t tops = UINT64_C(0x8080808080808080);
    uint64_t odd = 0;
    size_t at = 0;
    for (; row->size - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, row->bytes + at, sizeof word);
        /* A byte of 1 to 31 has its three upper bits clear and is not zero; 127 and more are odd
         * too. */
        const uint64_t upper = (word | (word << 1) | (word << 2)) & (ones << 7);
        const uint64_t lower = (word & (ones * 0x1F)) + ones * 0x1F; /* bit 5 set when not zero */
        odd |= (~upper & (lower << 2)) & tops;
        odd |= (word | ((word & (ones * 0x7F)) + ones)) & tops;
    }
    bool is_plain = odd == 0;
    for (; at < row->size; at++) {
        const unsigned char byte = (unsigned char)row->bytes[at];
        is_plain = is_plain && (byte == 0 || (byte >= 0x20 && byte < 0x7F));
    }
    row->is_plain = is_plain;
    row->is_blank = row->size == row->count;
}

enum outcome
sheet_next(struct sheet *sheet, struct sheet_row *row, struct fault *why)
{
    struct sheet_queue *queue = sheet->queue;
    while (queue->next_row == queue->row_count) {
        if (sheet->is_finished) {
            return NONE;
        }
        make_room(queue);
        TRY(parse_block(sheet, why));
    }
    const struct queued_row *next = &queue->rows[queue->next_row++];
    row->bytes = queue->bytes.bytes + next->first_byte;
    row->size = next->end_byte - next->first_byte;
    row->cells = queue->cells + next->first_cell;
    row->count = next->cell_count;
    row->line = next->line;
    row->is_terminated = next->is_terminated;
    for (size_t index = 0; index < row->count; index++) {
        queue->cells[next->first_cell + index].offset -= next->first_byte;
    }
    judge_bytes(row);
    return DONE;
}

void
sheet_close(struct sheet *sheet)
{
    if (sheet->parser != NULL) {
        csv_free(sheet->parser);
    }
    if (sheet->queue != NULL) {
        buf_close(&sheet->queue->bytes);
        free(sheet->queue->cells);
        free(sheet->queue->rows);
    }
    free(sheet->parser);
    free(sheet->queue);
    free(sheet->block);
    *sheet = (struct sheet){0};
}
