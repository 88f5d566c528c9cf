#include "writers/style.h"

#include "base/digest.h"

#include <stdlib.h>
#include <string.h>

/* Colours keep 3:1 (bars) and 4.5:1 (text) against their ground, by day and by night. */
static const char *const common[] = {
    ":root{--paper:#fff;--ink:#1a1f24;--soft:#5a6570;--rule:#d9dee3;--tint:#f4f6f8;--bar:#0072b2;"
    "--context:#9db9cc;--before:#b8530a;--bad:#b3261e;--good:#00704f;color-scheme:light dark}\n",
    "@media(prefers-color-scheme:dark){:root{--paper:#14181c;--ink:#e8ecef;--soft:#a3adb7;"
    "--rule:#333b43;--tint:#1c2228;--bar:#3d9bd6;--context:#4a6171;--before:#f09a58;"
    "--bad:#ff8a80;--good:#5fd0a8}}\n",
    "*{box-sizing:border-box}\n",
    "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"
    "-apple-system,\"Segoe UI\",\"Noto Sans\",\"Noto Sans CJK SC\",\"PingFang SC\","
    "\"Microsoft YaHei\",sans-serif;font-variant-numeric:tabular-nums}\n",
    "main,header,footer{max-width:62rem;margin:0 auto;padding:0 1.25rem}\n",
    "header{padding-top:2rem}\n",
    "h1{font-size:clamp(1.4rem,1rem + 2.2vw,2.1rem);line-height:1.2;margin:.25rem 0 .75rem;"
    "text-wrap:balance}\n",
    "h2{font-size:1.35rem;margin:2.75rem 0 .25rem;padding-top:1rem;border-top:2px solid "
    "var(--ink)}\n",
    "h3{font-size:1.05rem;margin:2rem 0 .5rem}\n",
    "p{margin:.35rem 0;max-width:46rem;text-wrap:pretty}\n",
    "h1,h2,p,dd,li,th.what{overflow-wrap:anywhere}\n",
    ".over,.meta,figcaption,caption,.note,dt,.delta{color:var(--soft);font-size:.875rem}\n",
    ".over{font-weight:600;letter-spacing:.02em}\n",
    ".lead{font-size:1.1rem}\n",
    "a{color:var(--bar)}\n",
    ".tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:1px;"
    "margin:1.25rem 0;border:1px solid var(--rule);border-radius:8px;"
    "overflow:hidden}\n",
    ".tiles>div{box-shadow:0 0 0 1px var(--rule);padding:.8rem 1rem}\n",
    ".tiles dd{margin:0}\n",
    ".tiles .value{font-size:1.35rem;font-weight:600;line-height:1.3;overflow-wrap:anywhere}\n",
    ".attention{margin:1rem 0;padding:.8rem 1rem;border-left:4px solid var(--before);"
    "background:var(--tint);border-radius:0 6px 6px 0}\n",
    ".attention ul{margin:.25rem 0 0;padding-left:1.2rem}\n",
    "figure{margin:1rem 0 .5rem}\n",
    ".plot{position:relative;height:13rem;padding-left:2.75rem}\n",
    ".plot svg{display:block;width:100%;height:100%;overflow:visible}\n",
    ".grid{stroke:var(--rule);stroke-width:1;vector-effect:non-scaling-stroke}\n",
    ".bar{fill:var(--bar)}\n",
    ".bar.context{fill:var(--context)}\n",
    ".before{fill:none;stroke:var(--before);stroke-width:2;stroke-linejoin:round;"
    "stroke-dasharray:5 3;vector-effect:non-scaling-stroke}\n",
    ".tick{position:absolute;left:0;padding:0 .3rem 0 0;font-size:.75rem;line-height:1;"
    "color:var(--soft);background:var(--paper)}\n",
    ".tick.top{top:-.375rem}\n",
    ".tick.middle{top:calc(50% - .375rem)}\n",
    ".axis{display:block;width:calc(100% - 2.75rem);height:1.1rem;margin:.3rem 0 .3rem 2.75rem;"
    "overflow:visible;font-size:.75rem;fill:var(--soft);text-anchor:middle}\n",
    ".key{display:inline-block;width:.8rem;height:.8rem;margin:0 .35rem 0 .9rem;"
    "vertical-align:-.08rem;border-radius:2px}\n",
    ".key:first-child{margin-left:0}\n",
    ".key.now{background:var(--bar)}\n",
    ".key.context{background:var(--context)}\n",
    ".key.before{height:0;vertical-align:.25rem;border-top:2px dashed var(--before);"
    "border-radius:0}\n",
    ".scroll{overflow-x:auto;margin:.5rem 0}\n",
    "table{border-collapse:collapse;width:100%;font-size:.9375rem}\n",
    "caption{text-align:left;padding:.25rem 0}\n",
    "th,td{padding:.45rem .6rem;text-align:right;border-bottom:1px solid var(--rule);"
    "vertical-align:top;white-space:nowrap}\n",
    "thead th{font-size:.8125rem;color:var(--soft);font-weight:600;border-bottom-color:"
    "var(--soft);white-space:normal;word-break:keep-all;vertical-align:bottom}\n",
    "th:first-child,td:first-child{text-align:left;padding-left:0}\n",
    "th:last-child,td:last-child{padding-right:0}\n",
    "th.what{width:45%;min-width:11rem;white-space:normal;font-weight:500}\n"
    "tfoot th.what{font-weight:600}\n",
    "tfoot th,tfoot td{font-weight:600;border-top:1px solid var(--soft);border-bottom:0}\n",
    ".words{text-align:left}\n",
    ".wide th.what{width:auto}\n",
    ".long{white-space:normal;min-width:11rem}\n",
    "tr.block th{font-weight:600;padding-top:.9rem}\n",
    "tr.context{color:var(--soft)}\n",
    ".code{color:var(--soft);font-size:.8125rem;font-weight:400;white-space:nowrap}\n",
    ".share{display:block;width:100%;height:6px;margin-top:.3rem;background:var(--tint);"
    "border-radius:3px}\n",
    ".tag{display:inline-block;padding:0 .5rem;border:1px solid currentColor;border-radius:1rem;"
    "font-size:.75rem;font-weight:600;color:var(--good)}\n",
    "details{margin:.5rem 0}\n",
    "summary{cursor:pointer;padding:.6rem 0;color:var(--bar)}\n",
    ".ok{color:var(--good);font-weight:600}\n",
    ".bad{color:var(--bad);font-weight:700}\n",
    "dl.words{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.3rem 1.25rem}\n",
    "dl.words dt{font-weight:600}\n",
    "dl.words dd{margin:0;font-size:.9375rem}\n",
    "footer{margin-top:2.5rem;padding-top:1rem;padding-bottom:3rem;color:var(--soft);"
    "font-size:.875rem}\n",
    "@media(max-width:40rem){.scroll "
    ".what{position:sticky;left:0;background:var(--paper)}.plot{height:10rem}.axis "
    ".minor{display:none}"
    "dl.words{grid-template-columns:1fr}dl.words dd{margin-bottom:.5rem}"
    ".tiles{grid-template-columns:1fr 1fr}th.what{min-width:8.5rem}"
    "th,td{padding:.45rem .35rem}.tiles>div:last-child:nth-child(odd){grid-column:1/-1}"
    ".parts tr>:nth-child(5){display:none}.tiles .value{font-size:1.1rem}}"
    "@media(max-width:26rem){.parts "
    "tr>:nth-child(3){display:none}th.what{min-width:8rem}table{font-size:.875rem}main,header,"
    "footer{"
    "padding-left:1rem;padding-right:1rem}.tiles>div{padding:.7rem .7rem}}\n",
    /* The letters of a title are not set one below the other. */
    "thead th:lang(zh):not(.what){box-sizing:content-box;min-width:3em}\n",
    /* So many tiles that the last would stand alone stand in rows of as many. */
    "@media(min-width:40.01rem){.tiles:has(>:nth-child(6):last-child){grid-template-columns:repeat("
    "3,1fr)}"
    ".tiles:has(>:nth-child(7)){grid-template-columns:repeat(4,1fr)}}\n",
    /* Sentences need more room; a selector of its own, as not all know it. */
    "@media(max-width:40rem){th.what:has(small){min-width:14rem}}\n",
    "@page{size:A4;margin:14mm 14mm 18mm;@bottom-right{content:counter(page) \" / \" "
    "counter(pages);"
    "font-size:8pt;color:#5a6570}}\n"
    "@page register{size:A4 landscape}\n",
    /* Ink on paper, whatever the screen; said without shorthands of variables, grids and calc(),
     * which programs that make PDFs of pages may not know.  Sums stand once, at the end. */
    "@media "
    "print{:root{font-size:10pt;--paper:#fff;--ink:#1a1f24;--soft:#5a6570;--rule:#d9dee3;--tint:#"
    "f4f6f8;"
    "--bar:#0072b2;--context:#9db9cc;--before:#b8530a;--bad:#b3261e;--good:#00704f;"
    "color-scheme:light}body{font-size:10pt;background:#fff}main,header,footer{padding:0;"
    "max-width:none}header{padding-top:0}h1{font-size:17pt}h2{font-size:13pt;margin-top:8mm;"
    "padding-top:3mm;border-top:2px solid #1a1f24}h3{font-size:11pt;margin-top:6mm}"
    "p{max-width:none;orphans:3;widows:3}tr,figure,.tiles,.tiles>div,.attention li,dd"
    "{break-inside:avoid}thead{display:table-header-group}tfoot{display:table-row-group}"
    "h2,h3,caption,dt,h2+p,h3+p,figcaption{break-after:avoid}tbody tr:last-child,tfoot "
    "tr{break-before:avoid}.screen{display:none}.short{break-inside:avoid}.scroll{overflow:visible}"
    "table{font-size:9pt}"
    "th,td{padding:1.2mm 1.8mm;border-bottom:1px solid #d9dee3}"
    "th.what{overflow-wrap:break-word;width:auto}tr.block{break-after:avoid}"
    ".register{page:register}"
    ".register+:not(.register){break-before:page}"
    ".wide{font-size:8pt}.wide th,.wide td{padding:1mm 1.2mm}"
    ".wide th:first-child{padding-left:0}"
    ".wide td:last-child,.wide th:last-child{padding-right:0}.code{font-size:.9em}"
    "thead th{font-size:8pt;"
    "border-bottom-color:#5a6570}tfoot th,tfoot td{border-top:1px solid #5a6570;border-bottom:0}"
    ".tiles{display:flex;flex-wrap:wrap;border:0;border-radius:0;overflow:visible;margin:4mm 0}"
    ".tiles>div{flex:1 0 30mm;padding:2mm 3mm;margin:0 -1px -1px 0;border:1px solid #d9dee3;"
    "box-shadow:none}"
    ".tiles .value{font-size:12pt}.attention{border-left:4px solid #b8530a;background:#f4f6f8}"
    ".plot{height:48mm}.tick.middle{top:47%}.axis{width:93%}.share{background:none}"
    ".key.now{background:#0072b2}.key.context{background:#9db9cc}"
    ".key.before{border-top:2px dashed #b8530a}"
    "dl.words{display:block}dl.words dt{font-size:9pt}dl.words dd{margin:0 0 1.5mm;font-size:9pt}"
    "footer{margin-top:6mm;padding-bottom:0;font-size:8pt}summary{display:none}}\n",
    "@media print{.tiles>div:first-child:nth-last-child(6),"
    ".tiles>div:first-child:nth-last-child(6)~div{flex-basis:55mm}"
    ".tiles>div:first-child:nth-last-child(8),"
    ".tiles>div:first-child:nth-last-child(8)~div{flex-basis:40mm}}\n",
    /* A selector of its own: who does not know it leaves out its whole rule. */
    "@media print{details::details-content{content-visibility:visible;display:block}}\n",
    "@media print{.bar,.key,.tiles,.share{print-color-adjust:exact}}\n",
};

/* The page that tells a customer where an order is. */
static const char *const tracking[] = {
    ":root{--land:#d5dccf;--sea:#eaf1f6}\n",
    "@media(prefers-color-scheme:dark){:root{--land:#3a443a;--sea:#1a242d}}\n",
    ".window{font-size:1.15rem;font-weight:600}\n",
    ".steps{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(5rem,1fr));",
    "gap:.25rem;margin:1.5rem 0;padding:0}\n",
    ".steps li{padding:.6rem .2rem 0;border-top:4px solid var(--rule);color:var(--soft);",
    "font-size:.875rem;line-height:1.3}\n",
    ".steps li.done{border-color:var(--good);color:var(--ink)}\n",
    ".steps li[aria-current]{border-color:var(--bar);color:var(--ink);font-weight:600}\n",
    ".steps span{display:block;color:var(--soft);font-size:.8125rem;font-weight:400}\n",
    ".map{display:block;width:100%;height:auto;border:1px solid var(--rule);border-radius:8px}\n",
    ".sea{fill:var(--sea)}\n",
    ".land{fill:var(--land);fill-rule:evenodd}\n",
    ".way{fill:none;stroke:var(--good);stroke-width:4;stroke-linejoin:round}\n",
    ".way.ahead{stroke:var(--bar);stroke-width:3;stroke-dasharray:9 7}\n",
    ".stop circle{fill:var(--good);stroke:var(--paper);stroke-width:2}\n",
    ".stop.here circle{fill:var(--bar)}\n",
    ".stop.ahead circle{fill:var(--paper);stroke:var(--bar)}\n",
    ".stop text{fill:var(--paper);font-size:13px;font-weight:700;text-anchor:middle}\n",
    ".stop.ahead text{fill:var(--bar)}\n",
    ".stops{margin:.5rem 0;padding-left:1.5rem;columns:14rem}\n",
    ".news{list-style:none;margin:.75rem 0;padding:0 0 0 1rem;border-left:2px solid var(--rule)}\n",
    ".news li{margin:0 0 .8rem;overflow-wrap:anywhere}\n",
    ".news time{display:block;color:var(--soft);font-size:.875rem}\n",
    ".notes dd{white-space:pre-line;overflow-wrap:anywhere}\n",
    "@media(max-width:30rem){.window{text-wrap:balance}.steps{grid-template-columns:1fr}",
    ".steps li{padding:.15rem .7rem;border-top:0;border-left:4px solid var(--rule)}",
    ".stop circle{r:22px}.stop text{font-size:26px;transform:translateY(5px)}",
    ".way,.way.ahead{stroke-width:8}.way.ahead{stroke-dasharray:18 14}}\n",
    "@media print{.map,.steps li{print-color-adjust:exact}}\n",
};

/* Cells shaded by their number, which stands in each: 4.5:1 against the ground of any. */
static const char *const heat[] = {
    ":root{--heat1:#e3eef6;--heat2:#c3dcec;--heat3:#94c2e0;--heat4:#5aa5d2;--heat5:#005f94;"
    "--heatink:#1a1f24;--heatmost:#fff}\n",
    "@media(prefers-color-scheme:dark){:root{--heat1:#1d2b36;--heat2:#21394a;--heat3:#234a64;"
    "--heat4:#245b7f;--heat5:#7cc0ea;--heatink:#e8ecef;--heatmost:#14181c}}\n",
    ".heat td,.heat thead th{text-align:center;padding:.4rem .3rem}\n",
    ".heat th.what,.heat thead th.what{width:auto;min-width:5rem;text-align:left;"
    "padding-left:0;white-space:nowrap}\n",
    ".heat td.size{color:var(--soft)}\n",
    ".heat .heat1{background-color:var(--heat1);color:var(--heatink)}\n",
    ".heat .heat2{background-color:var(--heat2);color:var(--heatink)}\n",
    ".heat .heat3{background-color:var(--heat3);color:var(--heatink)}\n",
    ".heat .heat4{background-color:var(--heat4);color:var(--heatink)}\n",
    ".heat .heat5{background-color:var(--heat5);color:var(--heatmost)}\n",
    "@media print{:root{--heat1:#e3eef6;--heat2:#c3dcec;--heat3:#94c2e0;--heat4:#5aa5d2;"
    "--heat5:#005f94;--heatink:#1a1f24;--heatmost:#fff}.heat td{print-color-adjust:exact}}\n",
};

static const struct {
    const char *const *parts;
    size_t count;
} sheets[STYLE_COUNT] = {
    [STYLE_COMMON] = {common, sizeof common / sizeof common[0]},
    [STYLE_TRACKING] = {tracking, sizeof tracking / sizeof tracking[0]},
    [STYLE_HEAT] = {heat, sizeof heat / sizeof heat[0]},
};

static unsigned int
nibble(char hex)
{
    return (unsigned int)(hex <= '9' ? hex - '0' : hex - 'a' + 10);
}

void
style_add(struct buf *buf, enum style style)
{
    for (size_t index = 0; index < sheets[style].count; index++) {
        buf_text(buf, sheets[style].parts[index]);
    }
}

const char *
style_hash(struct arena *arena, enum style style)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    enum { DIGEST_SIZE = 32, BASE64_SIZE = 44 };
    struct digest digest;
    char hex[DIGEST_HEX_SIZE];
    unsigned int bytes[DIGEST_SIZE + 1] = {0}; /* one more, to fill the last group of three */
    char text[BASE64_SIZE + 1];
    digest_init(&digest);
    for (size_t index = 0; index < sheets[style].count; index++) {
        digest_add(&digest, sheets[style].parts[index], strlen(sheets[style].parts[index]));
    }
    digest_finish(&digest, hex);
    for (size_t index = 0; index < DIGEST_SIZE; index++) {
        bytes[index] = nibble(hex[2 * index]) << 4 | nibble(hex[2 * index + 1]);
    }
    for (size_t group = 0; group < BASE64_SIZE / 4; group++) {
        const unsigned int *three = &bytes[3 * group];
        const unsigned int number = three[0] << 16 | three[1] << 8 | three[2];
        for (size_t at = 0; at < 4; at++) {
            text[4 * group + at] = letters[number >> (18 - 6 * at) & 63];
        }
    }
    text[BASE64_SIZE - 1] = '='; /* 32 bytes leave one place of the last group empty */
    text[BASE64_SIZE] = '\0';
    return arena_format(arena, "sha256-%s", text);
}
