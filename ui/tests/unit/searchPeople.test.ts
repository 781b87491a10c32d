// Who is offered behind from: is told apart from everybody of the same name.
import { expect, test } from "vitest";
import { askedAs } from "../../src/state/searchPeople";

test("whoever shares a name is looked for by the address, and everybody else by the name", () => {
  expect(
    askedAs([
      { name: "Amara Okafor", email: "amara@harbour.example" },
      { name: "AMARA  Okafór", email: "thief@evil.example" },
      { name: "Amara Okafor", email: "amara@works.example" },
      { name: "Amara Ferry", email: "ferry@harbour.example" },
      { name: "Amara Ferry", email: "Ferry@harbour.example" },
      { name: null, email: "amara@bare.example" },
    ]),
  ).toEqual([
    "amara@harbour.example",
    "thief@evil.example",
    "amara@works.example",
    "Amara Ferry",
    "amara@bare.example",
  ]);
});
