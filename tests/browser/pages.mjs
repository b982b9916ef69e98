// SPDX-License-Identifier: GPL-3.0-or-later
// pages.mjs FOLDER PART PARTS: every practice page in headless Chromium, or every PARTS-th from PART on.
// axe-core and pa11y (HTML_CodeSniffer, WCAG 2.1 AA) find nothing, in light and in dark, with more contrast
// and with forced colours; nothing is wider than a screen of 320 pixels, nor than one of 1280 at 400 %; no
// page asks the network for anything.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import puppeteer from 'puppeteer-core';
import pa11y from 'pa11y';
import puppeteerOfPa11y from 'puppeteer';

const folder = path.resolve(process.argv[2]);
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const looks = [
    { width: 1280, height: 800, features: [] },
    { width: 320, height: 640, features: [{ name: 'prefers-color-scheme', value: 'dark' }] },
    { width: 640, height: 400, features: [{ name: 'prefers-contrast', value: 'more' }] },
    { width: 640, height: 400, features: [{ name: 'forced-colors', value: 'active' }] },
];
let bad = 0;
const fail = (name, text) => {
    console.log(`FAILED: ${name}: ${text}`);
    bad++;
};

const chromium = {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
};
const browser = await puppeteer.launch(chromium);
// pa11y that runs on Debian's Node wants a puppeteer of its own age.
const other = await puppeteerOfPa11y.launch(chromium);
const page = await browser.newPage();
page.on('request', (request) => {
    if (!request.url().startsWith('file:///')) fail(page.url(), `asks for ${request.url()}`);
});
page.on('console', (message) => fail(page.url(), message.text()));
const [part, parts] = process.argv.slice(3).map(Number);
const names = fs.readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
    .filter((name, i) => i % parts === part);
for (const name of names) {
    for (const look of looks) {
        await page.setViewport({ width: look.width, height: look.height });
        const session = await page.createCDPSession();
        await session.send('Emulation.setEmulatedMedia', { features: look.features });
        await page.goto(`file://${folder}/${name}`);
        const found = await page.evaluate(`${axe}; axe.run({ preload: false }).then((r) => r.violations.map(
            (v) => v.id + ' ' + v.nodes.map((n) => n.html).join(' ')))`);
        found.forEach((violation) => fail(`${name} at ${look.width}`, violation));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) fail(`${name} at ${look.width}`, `${wide} pixels too wide`);
        await session.detach();
    }
    const result = await pa11y(`file://${folder}/${name}`, {
        browser: other, standard: 'WCAG2AA', includeWarnings: false, timeout: 20000,
    });
    result.issues.forEach((issue) => fail(name, `${issue.code} ${issue.context}`));
}
await browser.close();
await other.close();
console.log(`${names.length} pages, ${bad} mistakes`);
process.exit(bad || !names.length ? 1 : 0);
