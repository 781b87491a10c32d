// What a decision in docs/adr owes its reader (a title with its number, its state, three sections), and what the list of them in
// docs/adr/README.md has to say of each. Whether a decision is a good one, no rule knows.

/** A decision's number, title and state, and what is wrong with it. */
export function decision({ path, text }) {
  const name = path.split("/").at(-1);
  const title = /^# (\d+\. .+)\n/.exec(text)?.[1] ?? "";
  const state = /^Status: (.+(?:\n.+)*)\n\n/m.exec(text)?.[1].replaceAll("\n", " ") ?? "";
  const problems = [];
  if (Number(name.slice(0, 4)) !== Number.parseInt(title, 10))
    problems.push(`${name} has not its number in its title`);
  if (state === "") problems.push(`${name} does not tell its state`);
  for (const section of ["Context", "Decision", "Consequences"])
    if (!text.includes(`\n## ${section}\n`)) problems.push(`${name} has no section "${section}"`);
  return { name, title, state, problems };
}

/** The line of the list for a decision. */
export const listed = ({ name, title, state }) =>
  `- [${title}](${name}): ${state.endsWith(".") ? state : `${state}.`}`;

/** What is wrong with the decisions, and with the list of them. */
export function problems(files, list) {
  const decisions = files.map(decision);
  const wanted = decisions.map(listed);
  const lines = list.split("\n").filter((line) => line.startsWith("- "));
  const numbers = decisions.map(({ title }) => Number.parseInt(title, 10));
  return [
    ...decisions.flatMap((each) => each.problems),
    ...numbers
      .filter((number, at) => numbers.indexOf(number) !== at)
      .map((number) => `two are number ${number}`),
    ...wanted.filter((line) => !lines.includes(line)).map((line) => `docs/adr/README.md lacks: ${line}`),
    ...lines.filter((line) => !wanted.includes(line)).map((line) => `docs/adr/README.md is wrong: ${line}`),
    ...(lines.join("\n") === lines.toSorted(byNumber).join("\n")
      ? []
      : ["docs/adr/README.md is out of order"]),
  ];
}

const byNumber = (one, other) => Number.parseInt(one.slice(3), 10) - Number.parseInt(other.slice(3), 10);
