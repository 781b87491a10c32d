// Who is offered behind from: is told apart from everybody of the same name.
import { expect, test } from "vitest";
import { offeredPeople } from "../../src/state/searchPeople";

test("whoever shares a name is looked for by the address and told by both, and everybody else by the name", () => {
  const same = (word: string) => ({ asked: word, said: word });
  expect(
    offeredPeople([
      { name: "Amara Okafor", email: "amara@harbour.example" },
      { name: "AMARA  Okafór", email: "thief@evil.example" },
      { name: "Amara Okafor", email: "amara@works.example" },
      { name: "Amara Ferry", email: "ferry@harbour.example" },
      { name: "Amara Ferry", email: "Ferry@harbour.example" },
      { name: null, email: "amara@bare.example" },
    ]),
  ).toEqual([
    { asked: "amara@harbour.example", said: "Amara Okafor · amara@harbour.example" },
    { asked: "thief@evil.example", said: "AMARA  Okafór · thief@evil.example" },
    { asked: "amara@works.example", said: "Amara Okafor · amara@works.example" },
    same("Amara Ferry"),
    same("amara@bare.example"),
  ]);
});
