# embed.awk -- makes embedded.gen.S: names of files below schemas/ come in on stdin, one a line; their bytes are included
# by the assembler.  -v root=schemas
{
    names[NR] = $0
}
END {
    print "/* made by src/config/embed.awk; do not edit */"
    print "    .section .note.GNU-stack,\"\",%progbits"
    print "    .section .rodata"
    for (i = 1; i <= NR; i++) {
        printf ".Lname%d: .asciz \"%s\"\n", i, names[i]
        printf "    .balign 16\n.Lbegin%d: .incbin \"%s/%s\"\n.Lend%d: .byte 0\n", i, root, names[i], i
    }
    print "    .section .data.rel.ro,\"aw\",%progbits"
    print "    .balign 8\n    .global embedded_files\n    .type embedded_files, %object\nembedded_files:"
    for (i = 1; i <= NR; i++) {
        printf "    .quad .Lname%d, .Lbegin%d, .Lend%d - .Lbegin%d\n", i, i, i, i
    }
    printf "    .size embedded_files, %d\n", NR * 24
    print "    .balign 8\n    .global embedded_file_count\n    .type embedded_file_count, %object"
    printf "embedded_file_count: .quad %d\n    .size embedded_file_count, 8\n", NR
}
