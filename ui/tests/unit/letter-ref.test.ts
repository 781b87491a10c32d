// A letter is named by one word wherever it stands, and a question knows the sheets behind it.
import { beforeEach, expect, it } from "vitest";
import type { LinkView } from "../../src/ipc/backend";
import { emailOf, letterWithin, whereIs } from "../../src/state/letterRef";
import {
  browserBehind,
  here,
  isReadInSheet,
  letterInFront,
  sheetsOf,
  useWindow,
  type Question,
} from "../../src/state/window";

const browser: Question = {
  kind: "files",
  source: { kind: "mailboxes", mailboxes: ["1"] },
  name: "Inbox",
  back: null,
};
const archive: Question = {
  kind: "nested",
  email: "7",
  part: "2",
  archive: true,
  name: "old.mbox",
  back: browser,
};
const within: Question = {
  kind: "nested",
  email: "7",
  part: "2/#5",
  archive: false,
  name: "The fifth",
  back: archive,
};
const source: Question = { kind: "source", letter: "7/2/#5", back: within };

beforeEach(() => useWindow.setState({ question: null }));

it("leads to the letter in the folder and to the one within it", () => {
  expect(whereIs("7")).toEqual(["7", null]);
  const letter = letterWithin("7", "2/#5/1.3");
  expect(whereIs(letter)).toEqual(["7", "2/#5/1.3"]);
  expect(emailOf(letter)).toBe("7");
});

it("keeps the sheets that a question was asked from, in their order", () => {
  expect(sheetsOf(source)).toEqual([browser, archive, within]);
  expect(browserBehind(source)).toBe(browser);
  expect(sheetsOf({ kind: "keys" })).toEqual([]);
  const filesOfWriter: Question = {
    ...browser,
    source: { kind: "person", address: "a@b.example" },
    back: within,
  };
  const another: Question = { ...within, email: "9", back: filesOfWriter };
  expect(sheetsOf(another)).toEqual([browser, archive, within, filesOfWriter, another]);
  expect(browserBehind(another), "the one that it was opened from").toBe(filesOfWriter);
});

it("means the letter within a letter only where nothing is asked in front of it", () => {
  expect(letterInFront({ question: within })).toBe("7/2/#5");
  expect(letterInFront({ question: source })).toBeNull();
  expect(letterInFront({ question: archive })).toBeNull();
  expect(isReadInSheet({ question: source }), "it is read there all the same").toBe(true);
  expect(isReadInSheet({ question: archive }), "an archive alone is no letter").toBe(false);
});

it("comes back from a question to what it was asked from, and from a warning to what that was over", () => {
  useWindow.setState({ question: within });
  expect(here()).toBe(within);
  useWindow.setState({
    question: {
      kind: "danger",
      email: "7",
      part: "2/#5/1",
      name: "a.exe",
      caution: { dangers: ["program"], harmful: [], unopened: false },
      back: within,
    },
  });
  expect(here()).toBe(within);
  const link = {} as LinkView;
  useWindow.setState({ question: { kind: "link", link, back: within } });
  expect(here(), "nor does the look at a link stand behind what is asked next").toBe(within);
});
