// Reads from what a test runner prints how many tests passed and failed. Nothing is run here.

/** Sums `test result: ok. 12 passed; 1 failed;` over all binaries. */
export function cargo(output) {
  return sum(plain(output).matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed;/gm));
}

/** Reads the end of `node --test`: `# pass 12` or `ℹ pass 12`. */
export function node(output) {
  const text = plain(output);
  const of = (word) => Number(new RegExp(`^(?:#|ℹ) ${word} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return { passed: of("pass"), failed: of("fail") + of("cancelled") };
}

/** Reads the end of vitest: `Tests  1 failed | 30 passed (31)`. */
export function vitest(output) {
  const line = /^\s*Tests\s+(.*)$/m.exec(plain(output))?.[1] ?? "";
  return { passed: number(line, "passed"), failed: number(line, "failed") };
}

/** Reads the end of Playwright: `1 failed`, `2 flaky`, `3 did not run`, `30 passed (12.3s)`, each on a line. */
export function playwright(output) {
  const of = (words) => Number(new RegExp(`^\\s*(\\d+) ${words}\\b`, "m").exec(plain(output))?.[1] ?? 0);
  return { passed: of("passed"), failed: of("failed") + of("flaky") + of("did not run") };
}

/** For a check that counts nothing: it is one test. */
export function one(_output, ok) {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

function sum(matches) {
  const total = { passed: 0, failed: 0 };
  for (const [, passed, failed] of matches) {
    total.passed += Number(passed);
    total.failed += Number(failed);
  }
  return total;
}

function number(line, word) {
  return Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
}

/** Without colours. */
function plain(output) {
  return output.replaceAll(/\u001b\[[\d;]*m/g, "");
}
