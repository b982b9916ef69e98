/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice/practice_style.h"

/*
 * Sizes are in the reader's own units and one column holds everything, so that 200 % and 320 pixels
 * need no second layout. Nothing moves. With forced colours the borders stay.
 *
 * The button that leads straight on is shown only where the browser can tell that the right answer
 * is chosen; else, and for who presses Enter in the form, the first button leads to the
 * explanation.
 */
const char practice_style[] =
    ":root { color-scheme: light dark; --ink: #1a1a1a; --paper: #ffffff; --link: #0b3d91;\n"
    "  --mark: #fff3c4; --mark-ink: #3d2f00; --edge: #5a5a5a; }\n"
    "@media (prefers-color-scheme: dark) { :root { --ink: #f2f2f2; --paper: #161616;\n"
    "  --link: #a9c7ff; --mark: #4a3b00; --mark-ink: #fff3c4; --edge: #a8a8a8; } }\n"
    "@media (prefers-contrast: more) { :root { --ink: #000000; --paper: #ffffff; --link: #00008b;\n"
    "  --mark: #ffffff; --mark-ink: #000000; --edge: #000000; } }\n"
    "@media (prefers-contrast: more) and (prefers-color-scheme: dark) { :root { --ink: #ffffff;\n"
    "  --paper: #000000; --link: #ffff66; --mark: #000000; --mark-ink: #ffffff;\n"
    "  --edge: #ffffff; } }\n"
    "* { box-sizing: border-box; }\n"
    "html { font-family: sans-serif; font-size: 125%; line-height: 1.6; }\n"
    "body { margin: 0; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }\n"
    "header, main, footer { max-width: 40rem; margin: 0 auto; padding: 0.75rem 1rem; }\n"
    "header p { margin: 0; padding: 0.5rem 0.75rem; border: 0.125rem solid var(--edge);\n"
    "  background: var(--mark); color: var(--mark-ink); }\n"
    "h1 { font-size: 1.5rem; line-height: 1.3; }\n"
    "h2 { font-size: 1.2rem; line-height: 1.3; }\n"
    "a { color: var(--link); }\n"
    "a, button, summary, input { font: inherit; }\n"
    "button, .control a, .next a { display: inline-block; min-height: 2.75rem;\n"
    "  padding: 0.4rem 0.75rem; }\n"
    "button { border: 0.125rem solid var(--link); border-radius: 0.25rem;\n"
    "  background: var(--paper); color: var(--link); cursor: pointer; }\n"
    "input[type=text] { width: 100%; min-height: 2.75rem; padding: 0.4rem;\n"
    "  border: 0.125rem solid var(--edge); background: var(--paper); color: var(--ink); }\n"
    "input[type=radio] { width: 1.5rem; height: 1.5rem; margin: 0; vertical-align: middle; }\n"
    "label { display: inline-block; padding: 0.4rem 0.5rem 0.4rem 0; }\n"
    "fieldset { margin: 0 0 1rem; border: 0.125rem solid var(--edge); }\n"
    "legend { padding: 0 0.25rem; }\n"
    ".control, .next { margin: 0.5rem 0; }\n"
    "summary { min-height: 2.75rem; padding: 0.4rem 0; cursor: pointer; }\n"
    ":focus-visible { outline: 0.2rem solid var(--link); outline-offset: 0.15rem; }\n"
    "nav ul { padding: 0; list-style: none; }\n"
    "nav li a { display: inline-block; padding: 0.5rem 0; }\n"
    "button[hidden] { display: none; }\n"
    "@supports selector(:has(a)) {\n"
    "  form:has(.right:checked) .direct[hidden] { display: inline-block; }\n"
    "  form:has(.right:checked) .by-way { display: none; }\n"
    "}\n"
    "@media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto; } }\n"
    "@media (forced-colors: active) { button, header p { border-color: CanvasText; } }\n";
