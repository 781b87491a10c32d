// What folders are called where a search names them: by their names, and those of one name by what they stand in.
import { expect, it } from "vitest";
import { folderNames } from "../../src/state/folderNames";

const accounts = [
  { id: "a", email: "lena@harbour.example", name: "Lena", label: "" },
  { id: "b", email: "lena@work.example", name: "Lena", label: "Work" },
];
const folder = (
  id: string,
  account: string,
  name: string,
  parent: string | null = null,
  selectable = true,
) => ({
  id,
  account,
  name,
  parent,
  selectable,
});
const pathsOf = (folders: ReturnType<typeof folder>[]) =>
  folderNames(folders, accounts).map(({ path }) => path);

it("has each name once, and none of what holds no letters", () => {
  const all = [
    folder("1", "a", "Inbox"),
    folder("2", "a", "Projects", null, false),
    folder("3", "a", "Boats", "2"),
  ];
  expect(pathsOf(all)).toEqual(["Inbox", "Boats"]);
});

it("tells those of one name apart by as little as it takes", () => {
  const all = [
    folder("1", "a", "Inbox"),
    folder("2", "b", "INBOX"),
    folder("3", "a", "Projects"),
    folder("4", "a", "Lighthouse", "3"),
    folder("5", "a", "Lighthouse"),
    folder("6", "b", "Projects"),
    folder("7", "b", "Lighthouse", "6"),
  ];
  expect(pathsOf(all)).toEqual([
    "Inbox",
    "lena@harbour.example/Inbox",
    "Work/INBOX",
    "Projects",
    "lena@harbour.example/Projects",
    "Work/Projects",
    "Lighthouse",
    "lena@harbour.example/Projects/Lighthouse",
    "lena@harbour.example/Lighthouse",
    "Work/Projects/Lighthouse",
  ]);
});

it("calls an account by its address where what it is called would mean another too", () => {
  const all = [folder("1", "a", "Inbox"), folder("2", "b", "INBOX")];
  for (const label of ["lena", "Lena", "WORK"]) {
    const labelled = accounts.map((account) => (account.id === "a" ? { ...account, label } : account));
    const paths = folderNames(all, labelled).map(({ path }) => path);
    const other = label === "WORK" ? "lena@work.example" : "Work";
    expect(paths, label).toEqual(["Inbox", "lena@harbour.example/Inbox", `${other}/INBOX`]);
  }
});

it("names none that nothing tells apart, and ends where two stand in each other", () => {
  const twins = [folder("1", "c", "Boats"), folder("2", "c", "Boats")];
  expect(pathsOf(twins)).toEqual(["Boats"]);
  const circle = [
    folder("1", "a", "left", "2"),
    folder("2", "a", "right", "1"),
    folder("3", "a", "left", "2"),
  ];
  expect(pathsOf(circle)[0]).toBe("left");
});
