/** Light and dark; what means something is said by a sign or a word too, never by colour alone. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1b1b;--quiet:#5c5c5c;--line:#d0d0d0;--accent:#0f5ea8;--bad:#b3261e;--box:#f6f6f6;--lit:#cfe6fb}
@media(prefers-color-scheme:dark){:root{--bg:#181818;--fg:#f0f0f0;--quiet:#adadad;--line:#444;--accent:#7cc4ff;--bad:#ff9c96;--box:#222;--lit:#14406a}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1400px;padding:1rem;background:var(--bg);color:var(--fg);font:15px/1.45 "Segoe UI",system-ui,sans-serif}
header{display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap}
h1{font-size:1.4rem;margin:0}h2{font-size:1.2rem;margin:.5rem 0}h3{font-size:1rem;margin:.6rem 0 .2rem}p{margin:.2rem 0}
.quiet{color:var(--quiet)}.bad{color:var(--bad)}
[hidden]{display:none!important}
article{border-bottom:1px solid var(--line);padding:.3rem 0}
article.failed .sign{color:var(--bad)}
summary{cursor:pointer}
.watch{margin-left:.5rem}
a{color:var(--accent)}
pre,code{font-family:"Cascadia Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:13px;white-space:pre-wrap;overflow-wrap:anywhere}
button,select,input{font:inherit;color:inherit;background:var(--box);border:1px solid var(--line);border-radius:4px;padding:.15rem .5rem}
button{cursor:pointer}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.strip{display:flex;gap:.4rem;overflow-x:auto;padding:.4rem 0;position:relative}
.strip button{flex:none;padding:.2rem;display:flex;flex-direction:column;align-items:center;font-size:11px}
.strip button[data-shown]{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
pre.screen{margin:0;white-space:pre;overflow:auto;background:#1f1f1f;color:#f0f0f0;padding:.5rem;border-radius:6px;line-height:1.18}
pre.small{font-size:3.2px;padding:2px;border-radius:2px;overflow:hidden;pointer-events:none}
svg.timeline{width:100%;height:auto;cursor:crosshair;font-size:12px}
svg.timeline text{fill:var(--fg)}svg.timeline line{stroke:var(--line)}
svg.timeline .mark{fill:var(--accent)}svg.timeline .long{fill:var(--lit);stroke:var(--accent);stroke-width:.5}
svg.timeline .bad{fill:var(--bad)}svg.timeline .cursor{stroke:var(--fg);stroke-width:1.5}
input[type=range]{width:91%;margin:0 0 0 9%}
.controls{display:flex;gap:.4rem}
.panes{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1rem;margin-top:.5rem}
@media(max-width:1100px){.panes{grid-template-columns:minmax(0,1fr)}}
.pane{min-width:0}.wide{grid-column:1/-1}
.drawing{overflow:auto;max-height:26rem;border:1px solid var(--line);border-radius:6px;margin:.3rem 0}
svg.chart{display:block;font-size:11px}
.state rect{fill:var(--box);stroke:var(--line)}.state.compound>rect,.state.parallel>rect{fill:none}
.state text{fill:var(--fg)}
.state.visited rect{stroke:var(--accent)}.state.active rect{fill:var(--lit);stroke:var(--accent);stroke-width:2}
.state.active.compound>rect,.state.active.parallel>rect{fill:none}
.initial{fill:var(--fg)}
.edge path{fill:none;stroke:var(--line)}.edge polygon{fill:var(--line)}.edge text{fill:var(--quiet);font-size:9px}
.edge.taken path{stroke:var(--accent);stroke-width:1.6}.edge.taken polygon{fill:var(--accent)}.edge.taken text{fill:var(--fg)}
.steps{font-size:12px;margin:.3rem 0;padding-left:1.5rem;overflow-wrap:anywhere}
.where{font-size:13px;color:var(--quiet)}
.wire{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr);gap:.5rem}
.list{display:flex;flex-direction:column;max-height:22rem;overflow-y:auto;position:relative}
.list button{text-align:left;border:0;background:none;font:12px/1.4 "Cascadia Mono","DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
.list button[aria-current]{background:var(--lit)}
.detail{max-height:22rem;overflow:auto;margin:0;padding:.5rem;border:1px solid var(--line);border-radius:6px}
`.trim()
