// SPDX-License-Identifier: GPL-3.0-or-later
// walk.mjs FOLDER BROWSER: a whole declaration on the practice pages with the keyboard alone, and without
// scripts where the browser can be told so: the right answers lead through, a wrong one and Enter pressed
// too early to a calm explanation, another button back to where one was.
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const folder = path.resolve(process.argv[2]);
const name = process.argv[3];
const browser = await puppeteer.launch({
    browser: name,
    executablePath: name === 'chrome' ? process.env.CHROMIUM || '/usr/bin/chromium' : process.env.FIREFOX || '/usr/bin/firefox-esr',
    args: name === 'chrome' ? ['--no-sandbox', '--disable-dev-shm-usage'] : [],
});
const page = await browser.newPage();
if (name === 'chrome') await page.setJavaScriptEnabled(false);

const where = () => path.basename(new URL(page.url()).pathname);
const focused = () => page.evaluate(() => {
    const it = document.activeElement;
    return it.labels && it.labels.length ? it.labels[0].textContent : it.textContent;
});
// Moves the focus with Tab until it is on what bears this name.
const go = async (label) => {
    for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab');
        if ((await focused()).trim() === label) return;
    }
    throw new Error(`${where()}: Tab does not lead to « ${label} »`);
};
const press = async (label, wanted) => {
    await go(label);
    await page.keyboard.press('Enter');
    await arrive(label, wanted);
    await page.waitForSelector('main h1');
    const text = await page.evaluate(() => document.body.innerText);
    if (!text.includes("rien n'est envoyé")) throw new Error(`${where()}: not marked`);
    if (new URL(page.url()).search.includes('camille')) throw new Error('what stood in a field is in the address');
};
// Radio buttons are one stop of Tab; the arrows go between them.
const choose = async (label) => {
    for (let i = 0; i < 20; i++) {
        await page.keyboard.press('Tab');
        if (['Oui', 'Non'].includes((await focused()).trim())) break;
    }
    await page.keyboard.press(' ');
    if ((await focused()).trim() !== label) await page.keyboard.press('ArrowDown');
    if ((await focused()).trim() !== label) throw new Error(`${where()}: ${label} cannot be chosen`);
};
const arrive = async (what, wanted) => {
    for (let i = 0; i < 50 && where() !== wanted; i++) await new Promise((done) => setTimeout(done, 100));
    if (where() !== wanted) throw new Error(`${what} leads to ${where()}, not ${wanted}`);
};
const part = (section, rest) => `ordinateur.${section}.${rest}.html`;

await page.goto(`file://${folder}/index.html`);
await press('Se connecter', part('connexion', '01'));
await press('Connexion Candidat', part('connexion', '02'));
await press("J'ai oublié mon mot de passe", part('connexion', '02.aside'));
await press('Revenir à la page', part('connexion', '02'));
await press('SE CONNECTER', part('connexion', 'end'));
await press("Toutes les pages d'entraînement", 'index.html');
await press('Actualisation', part('actualisation', '01'));
await press("M'actualiser", part('actualisation', '02'));
await choose('Oui');
await press('Continuer', part('actualisation', '02.why'));
await press('Répondre encore', part('actualisation', '02'));
for (const number of ['02', '03', '04']) {
    await choose('Non');
    await press('Continuer', part('actualisation', `0${Number(number) + 1}`));
}
// The last question: its sense turns.
await choose('Non');
await press('Continuer', part('actualisation', '05.why'));
await press('Répondre encore', part('actualisation', '05'));
await choose('Oui');
await page.keyboard.press('Enter');
await arrive('Enter', part('actualisation', '05.why'));
await press('Répondre encore', part('actualisation', '05'));
await choose('Oui');
await press('Continuer', part('actualisation', '06'));
await press('Valider', part('actualisation', '07'));
await press("Étape suivante de l'entraînement", part('actualisation', '08'));
await press("Étape suivante de l'entraînement", part('actualisation', 'end'));
await browser.close();
console.log(`${name}: walked through`);
