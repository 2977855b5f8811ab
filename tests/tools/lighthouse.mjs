// Print the scores of pages, as JSON: lighthouse.mjs CHROMIUM URL…
import { writeSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...urls] = process.argv.slice(2);
const chromeFlags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"];
chromeFlags.push("--disable-background-networking", "--disable-component-update", "--disable-sync");
const chrome = await launch({ chromePath, chromeFlags });
const found = {};
try {
    for (const url of urls) {
        const options = { port: chrome.port, logLevel: "error" };
        options.onlyCategories = ["accessibility", "best-practices", "seo"];
        const { lhr } = await lighthouse(url, options);
        const scores = Object.entries(lhr.categories).map(([name, { score }]) => [name, score]);
        const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 1);
        found[url] = { scores: Object.fromEntries(scores), failed: failed.map(({ id }) => id) };
        found[url].shift = lhr.audits["cumulative-layout-shift"]?.numericValue ?? 0;
    }
} finally {
    await chrome.kill();
}
writeSync(1, JSON.stringify(found));
