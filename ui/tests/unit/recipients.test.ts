// Addresses as people paste them from elsewhere.
import { describe, expect, it } from "vitest";
import { isAddress, parseRecipients, withRecipients } from "../../src/state/recipients";
import { expectLinear } from "./effort";

const read = (text: string) => parseRecipients(text).map((one) => [one.name, one.email]);

describe("parseRecipients", () => {
  it("reads several addresses in the forms that other programs copy", () => {
    expect(
      read(
        'Lena Brandt <lena@nordlicht.example>, jonas@post.example; "Okafor, Amara" <amara@kustwerk.example>',
      ),
    ).toEqual([
      ["Lena Brandt", "lena@nordlicht.example"],
      [null, "jonas@post.example"],
      ["Okafor, Amara", "amara@kustwerk.example"],
    ]);
  });
  it("joins a name that was torn apart at its comma", () => {
    expect(read("Okafor, Amara <amara@kustwerk.example>, Halvorsen, Jonas <jonas@post.example>")).toEqual([
      ["Okafor, Amara", "amara@kustwerk.example"],
      ["Halvorsen, Jonas", "jonas@post.example"],
    ]);
  });
  it("reads one address a line, and addresses with only blanks between", () => {
    expect(
      read("lena@a.example\r\njonas@a.example\n\n amara@a.example lena@b.example").map(([, email]) => email),
    ).toEqual(["lena@a.example", "jonas@a.example", "amara@a.example", "lena@b.example"]);
  });
  it("keeps what is no address, so that it can be mended", () => {
    expect(read("lena, jonas@post.example")).toEqual([
      [null, "lena"],
      [null, "jonas@post.example"],
    ]);
  });
  it("unquotes a name and drops mailto:", () => {
    expect(read('"Lena \\"Lu\\" Brandt" <mailto:lena@a.example>')).toEqual([
      ['Lena "Lu" Brandt', "lena@a.example"],
    ]);
  });
  it("loses nothing on an unclosed quotation mark", () => {
    expect(read('"Lena <lena@a.example>\njonas@a.example')).toHaveLength(2);
  });
  it("reads a hundred thousand addresses, and does not look at all of them for each", () => {
    const text = (count: number) =>
      Array.from({ length: count }, (_, n) => `P ${n} <p${n}@a.example>`).join(", ");
    expectLinear("addresses", 5_000, text, parseRecipients);
    expect(parseRecipients(text(100_000))).toHaveLength(100_000);
  });
});

describe("isAddress", () => {
  it.each([
    "lena@nordlicht.example",
    "l.b+x@a-b.example",
    '"odd one"@a.example',
    "léna@übersee.example",
    "a@[127.0.0.1]",
    "root@localhost",
  ])("accepts %s", (email) => expect(isAddress(email)).toBe(true));
  it.each([
    "",
    "lena",
    "@a.example",
    "lena@",
    "lena @a.example",
    "a..b@c.example",
    ".a@b.example",
    "a@b..example",
    "a@-b.example",
    "a@b@c",
    "a\n@b.example",
  ])("refuses %j", (email) => expect(isAddress(email)).toBe(false));
});

it("adds each address once, whatever its case, and keeps the first spelling", () => {
  const lena = { name: "Lena", email: "lena@a.example" };
  expect(
    withRecipients(
      [lena],
      [
        { name: null, email: "LENA@a.example" },
        { name: null, email: "j@a.example" },
      ],
    ),
  ).toEqual([lena, { name: null, email: "j@a.example" }]);
});
