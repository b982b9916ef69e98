// SPDX-License-Identifier: GPL-3.0-or-later
// Shows the states that come, one after the other: each says all there is to show (doc/state.md), so that a
// reload or a lost connection loses nothing. It decides nothing and sends nothing.
"use strict";
(() => {
    const words = document.body.dataset;
    const find = (id) => document.getElementById(id);
    const RETRY_MS = 2000;
    let source = null, read = "";

    // --- what is shown ------------------------------------------------------------------------

    const set = (element, text) => {
        if (element.textContent !== text) element.textContent = text;
    };

    const make = (name, text, className) => {
        const element = document.createElement(name);
        element.textContent = text;
        if (className) element.className = className;
        return element;
    };

    // Only what differs is made anew, so that a reader's place in it is kept.
    const setList = (parent, texts, name) => {
        const old = Array.from(parent.children, (child) => child.textContent);
        if (old.length === texts.length && old.every((text, i) => text === texts[i])) return;
        parent.replaceChildren(...texts.map((text) => make(name, text)));
    };

    const showSentence = (state) => {
        const element = find("sentence"), text = state.sentence || words.waiting;
        const letters = Array.from(text), word = state.word;
        element.dataset.length = letters.length > 140 ? "longest" : letters.length > 70 ? "long" : "short";
        if (!word) {
            set(element, text);
            if (element.children.length) element.replaceChildren(text);
            return;
        }
        const [start, end] = [word.start, word.start + word.length];
        element.replaceChildren(letters.slice(0, start).join(""),
            make("span", letters.slice(start, end).join(""), "word"), letters.slice(end).join(""));
    };

    // A drawing that does not come leaves no gap.
    const showPicture = (state) => {
        const element = find("picture"), name = state.image ? `${state.guide}/${state.image}` : "";
        if (element.dataset.name === name) return;
        element.dataset.name = name;
        element.hidden = true;
        element.alt = state.alt || "";
        if (name) element.src = `picture?${encodeURIComponent(name)}`;
        else element.removeAttribute("src");
    };
    find("picture").onload = () => { find("picture").hidden = false; };

    const mode = (state) => state.paused ? words.paused : state.speaking ? words.speaking :
        state.listening ? words.listening : "";

    const phrase = (one) => one.key ? `${one.phrase} (${words.key} ${one.key})` : one.phrase;

    // A screen reader is given whole answers, and only if that is wished: the voice speaks already.
    const readAloud = (state) => {
        const text = state.said.join(" ");
        if (text !== read && find("live").getAttribute("aria-live") !== "off") set(find("live"), text);
        read = text;
    };

    const show = (state) => {
        set(find("title"), state.title || words.title);
        set(find("position"), state.position || "");
        set(find("mode"), mode(state));
        showPicture(state);
        showSentence(state);
        setList(find("rest"), state.said.filter((text) => text !== state.line), "p");
        setList(find("phrases"), state.phrases.map(phrase), "li");
        set(find("heard"), state.heard || "");
        setList(find("months"), state.months.map((month) => month.text), "p");
        document.title = [state.position, state.title, words.title].filter(Boolean).join(" – ");
        readAloud(state);
    };

    const showTrouble = (text) => {
        set(find("trouble"), text);
        find("trouble").hidden = !text;
    };

    // --- the connection -----------------------------------------------------------------------

    // A refusal and a session that is gone look alike to an event source.
    const ask = async () => {
        try {
            const answer = await fetch("state");
            showTrouble(answer.ok ? words.full : words.lost);
        } catch {
            showTrouble(words.lost);
        }
        setTimeout(connect, RETRY_MS);
    };

    const connect = () => {
        source = new EventSource("events");
        source.onopen = () => showTrouble("");
        source.onmessage = (event) => show(JSON.parse(event.data));
        source.onerror = () => {
            if (source.readyState === EventSource.CLOSED) ask();
            else showTrouble(words.lost);
        };
        source.addEventListener("over", () => {
            source.close();
            showTrouble(words.over);
        });
    };

    // --- how it is liked ----------------------------------------------------------------------

    const root = document.documentElement;
    const SIZES = [0.75, 1, 1.25, 1.5, 2];
    const kept = (name, otherwise) => sessionStorage.getItem(name) || otherwise;

    const setSize = (index) => {
        const at = Math.max(0, Math.min(SIZES.length - 1, index));
        sessionStorage.setItem("size", at);
        root.style.setProperty("--scale", SIZES[at]);
    };

    const setColours = (colours) => {
        if (!colours) return;
        sessionStorage.setItem("colours", colours);
        root.dataset.colours = colours;
    };

    const isDark = () => root.dataset.colours ? root.dataset.colours === "dark" :
        matchMedia("(prefers-color-scheme: dark)").matches;

    // A switch: what is pressed is on.
    const setSwitch = (id, on, apply) => {
        find(id).setAttribute("aria-pressed", on);
        sessionStorage.setItem(id, on);
        apply(on);
    };

    const addSwitch = (id, otherwise, apply) => {
        setSwitch(id, kept(id, otherwise) === "true", apply);
        find(id).onclick = () => setSwitch(id, find(id).getAttribute("aria-pressed") !== "true", apply);
    };

    setSize(Number(kept("size", 1)));
    setColours(kept("colours", ""));
    find("smaller").onclick = () => setSize(Number(kept("size", 1)) - 1);
    find("larger").onclick = () => setSize(Number(kept("size", 1)) + 1);
    find("colours").onclick = () => setColours(isDark() ? "light" : "dark");
    addSwitch("underline", "true", (on) => { root.dataset.underline = on ? "on" : "off"; });
    addSwitch("read", "false", (on) => {
        find("live").setAttribute("aria-live", on ? "polite" : "off");
        find("live").textContent = "";
    });
    connect();
})();
