// Print what html-validate finds in the HTML files below a folder, one line a finding.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const folder = process.argv[2];
const loader = new StaticConfigLoader({ extends: ["html-validate:recommended"] });
const validator = new HtmlValidate(loader);
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html"));
for (const name of files.sort()) {
    const path = join(folder, name);
    const report = await validator.validateString(readFileSync(path, "utf-8"), path);
    for (const result of report.results) {
        for (const { line, column, ruleId, message } of result.messages) {
            console.log(`${relative(folder, path)}:${line}:${column}: ${ruleId}: ${message}`);
        }
    }
}
console.log(`${files.length} files`);
