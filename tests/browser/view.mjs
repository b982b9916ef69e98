// SPDX-License-Identifier: GPL-3.0-or-later
// view.mjs PROGRAM FOLDER: the page of `pasapas --view` in headless Chromium, with a session that speaks.
// axe-core finds nothing, in light and in dark, with forced colours and with nothing shown yet; contrast is
// 7 to 1; nothing is wider than the screen at three sizes, nor at 400 %; the word being said moves on and is
// underlined or not; the page is worked by keyboard alone; a reload and a lost connection lose nothing; no
// region is live unless that is wished; nothing is asked of anybody else. Screenshots come into FOLDER.
import fs from 'node:fs';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';

const [program, folder] = process.argv.slice(2);
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = [[1920, 1080], [1280, 720], [320, 640]];
const WAIT = 20000;
let bad = 0;
const fail = (text) => {
    console.log(`FAILED: ${text}`);
    bad++;
};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const start = async (options) => {
    const child = spawn(program, ['--view-address', '--no-listen', '--today', '2026-12-03', ...options]);
    let text = '';
    child.stdout.on('data', (data) => { text += data; });
    child.stderr.on('data', (data) => process.stderr.write(data));
    const end = Date.now() + WAIT;
    let found;
    while (!(found = text.match(/http:\/\/127\S+/)) && Date.now() < end) await sleep(20);
    if (!found) throw new Error('no address');
    return { child, address: found[0], type: (line) => child.stdin.write(`${line}\n`) };
};
const stop = (session) => new Promise((resolve) => {
    session.child.on('exit', resolve);
    session.child.kill('SIGTERM');
});

const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
const page = await browser.newPage();
let home = '';
page.on('request', (request) => {
    if (!request.url().startsWith(home)) fail(`asks for ${request.url()}`);
});
page.on('pageerror', (error) => fail(error.message));
const open = (session) => {
    home = session.address;
    return page.goto(session.address);
};
const text = (id) => page.$eval(`#${id}`, (element) => element.textContent);
const waitFor = async (what, test, ...more) => {
    try {
        await page.waitForFunction(test, { timeout: WAIT, polling: 20 }, ...more);
    } catch {
        fail(`${what}: ${await page.$eval('body', (body) => body.innerText)}`);
    }
};
const look = async (name) => {
    const found = await page.evaluate(`${axe}; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21aa',
        'wcag22aa', 'best-practice'] }).then((r) => r.violations.map((v) => v.id + ' ' +
        v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' ')))`);
    found.forEach((violation) => fail(`${name}: ${violation}`));
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0) fail(`${name}: ${wide} pixels too wide`);
};

// A session that speaks into nothing, at the pace of speech.
const voice = ['--audio', 'null', '--path', 'ordinateur', '--section', 'actualisation', '--step', 'valider'];
let session = await start(voice);
await open(session);
await waitFor('the step', () => document.getElementById('position').textContent === 'Étape 3 sur 5.');
await waitFor('a word', () => document.querySelector('.word'));
await waitFor('the picture', () => {
    const picture = document.getElementById('picture');
    return !picture.hidden && picture.naturalWidth > 0 && picture.alt.includes('Valider');
});
const seen = new Set();
for (let i = 0; i < 100; i++) {
    seen.add(await page.evaluate(() => document.querySelector('.word')?.textContent));
    await sleep(30);
}
if (seen.size < 5) fail(`only ${seen.size} words were underlined`);

// Screenshots while it speaks: three sizes, each light and dark.
for (const [width, height] of sizes) {
    for (const scheme of ['light', 'dark']) {
        await page.setViewport({ width, height });
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
        session.type("répéter l'étape");
        session.type("relire l'étape");
        await waitFor('a word again', () => document.querySelector('.word')?.textContent.length > 5);
        await page.screenshot({ path: `${folder}/view-${width}-${scheme}.png`, fullPage: width < 1000 });
        await look(`${width} ${scheme}`);
    }
}
await page.emulateMediaFeatures([]);
const forced = await page.createCDPSession();
await forced.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
await look('forced colours');
await forced.detach();

// Fourfold letters: 1280 pixels are 320 then; the size of the page's own is tried with them.
await page.setViewport({ width: 320, height: 180, deviceScaleFactor: 4 });
await look('400 %');
await page.setViewport({ width: 1280, height: 720 });

// By keyboard alone.
await page.keyboard.press('Tab');
const order = [];
for (let i = 0; i < 5; i++) {
    order.push(await page.evaluate(() => document.activeElement.id));
    await page.keyboard.press('Tab');
}
if (order.join() !== 'smaller,larger,colours,underline,read') fail(`Tab goes ${order}`);
const size = () => page.$eval('#sentence', (element) => parseFloat(getComputedStyle(element).fontSize));
const before = await size();
await page.focus('#larger');
await page.keyboard.press('Enter');
if (await size() <= before) fail('the letters are not larger');
await look('larger');
await page.focus('#colours');
const paper = () => page.$eval('body', (body) => getComputedStyle(body).backgroundColor);
const light = await paper();
await page.keyboard.press('Space');
if (await paper() === light) fail('the colours are the same');
await look('other colours');
await page.focus('#underline');
await page.keyboard.press('Space');
session.type("relire l'étape");
const line = await (await page.waitForFunction(() => document.querySelector('.word') &&
    getComputedStyle(document.querySelector('.word')).textDecorationLine, { timeout: WAIT, polling: 20 })).jsonValue();
if (line !== 'none') fail(`the word is underlined all the same: ${line}`);

// No region is live unless that is wished; what is chosen outlives a reload.
if (await page.$eval('#live', (live) => live.getAttribute('aria-live') !== 'off' || live.textContent)) fail('a live region');
if (await page.$('[role=status], [role=alert], [aria-live]:not(#live)')) fail('another live region');
await page.focus('#read');
await page.keyboard.press('Space');
session.type('où suis-je');
await waitFor('what was heard', () => document.getElementById('heard').textContent === 'où suis-je');
await waitFor('the live region', () => document.getElementById('live').textContent.includes('Vous avez jusqu'));
const larger = await size();
await page.reload();
await waitFor('the step after a reload', () => document.getElementById('position').textContent === 'Étape 3 sur 5.');
if (await text('heard') !== 'où suis-je') fail('a reload loses what was heard');
if (await size() !== larger) fail('a reload loses the size');

// A connection that is cut is taken up again by itself.
await page.setOfflineMode(true);
await page.evaluate(() => 0);
await page.setOfflineMode(false);
session.type('suivant');
await waitFor('the next step', () => document.getElementById('position').textContent === 'Étape 4 sur 5.');
if (!await page.$eval('#picture', (picture) => picture.hidden)) fail('the picture of the step before stays');

// Seventeen pages, each a browser of its own (one opens six streams at most): the last one says so, and comes
// in when there is room.
const newBrowser = async () => (await browser.createBrowserContext()).newPage();
const others = [];
for (let i = 0; i < 15; i++) {
    others.push(await newBrowser());
    await others[i].goto(session.address, { waitUntil: 'domcontentloaded' });
}
await Promise.all(others.map((other) => other.waitForFunction(
    () => document.getElementById('position').textContent === 'Étape 4 sur 5.')));
const last = await newBrowser();
await last.goto(session.address);
await last.waitForFunction(() => !document.getElementById('trouble').hidden);
if (!/ouvertes/.test(await last.$eval('#trouble', (element) => element.textContent))) fail('a seventeenth page');
await others.pop().close();
await last.waitForFunction(() => document.getElementById('trouble').hidden &&
    document.getElementById('position').textContent, { timeout: WAIT });
for (const other of [...others, last]) await other.close();

// The end is told.
await stop(session);
await waitFor('the end', () => /finie/.test(document.getElementById('trouble').textContent));
await look('the end');
await browser.close();
console.log(`${sizes.length * 2} screenshots, ${bad} mistakes`);
process.exit(bad ? 1 : 0);
