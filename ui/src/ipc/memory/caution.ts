// Senders, links, trackers and lists in memory: made up from the samples, in the shape the shell gives.
import type {
  AllowedView,
  LeaveWayView,
  LinkView,
  ListView,
  MissedView,
  RemoteView,
  SubscriptionsView,
  TrackingSenderView,
  WaysOutView,
  WhoView,
} from "../backend";
import { identitiesOf } from "./identities";
import { reject, type Letter, type World } from "./world";
import { newDraft, send } from "./writing";

const domainOf = (email: string) => email.split("@")[1] ?? "";

/** A domain that somebody has registered, which in the samples is the last two words of it. */
export function houseOf(email: string): string | null {
  const house = domainOf(email).split(".").slice(-2).join(".");
  return house === "" ? null : house;
}

export function who(world: World, letter: Letter): WhoView {
  const sender = letter.from[0] ?? null;
  const own = world.accounts.some((account) => account.email === sender?.email);
  const verdict = letter.who?.verdict ?? (own ? "own" : "vouched");
  const holds = verdict === "own" || verdict === "vouched";
  return {
    address: sender,
    domain: domainOf(sender?.email ?? ""),
    verdict,
    pictures: { sender: holds, list: holds && letter.list !== undefined },
    other: null,
    server: own ? null : "mx.nordlicht.example",
    notes: [],
    ...letter.who,
    open: false,
  };
}

/** The same once all have been asked who are to be. */
export function whoAsked(world: World, letter: Letter): WhoView {
  letter.who = { ...letter.who, open: false };
  return who(world, letter);
}

/** As far as it is known without asking anybody. */
export function whoKnown(world: World, letter: Letter): WhoView {
  if (letter.who?.open !== true) return who(world, letter);
  const nobody = { sender: false, list: false };
  return { ...who(world, letter), verdict: "unknown", server: null, pictures: nobody, open: true };
}

export function lookAtLink(url: string): LinkView {
  if (url.startsWith("tel:")) return lookAtNumber(url);
  if (!/^(?:https?|ftp):/u.test(url)) reject("invalid", "Waxwing does not open links of this kind.");
  const page = new URL(url);
  const removed = [...page.searchParams.keys()].filter((name) => name.startsWith("utm_"));
  for (const name of removed) page.searchParams.delete(name);
  const evil = page.host.includes("evil");
  return {
    kind: page.protocol === "ftp:" ? "files" : "page",
    address: page.href,
    given: url,
    host: page.host,
    written: page.host.startsWith("xn--") ? "bаnk.example" : null,
    owner: page.host.split(".").slice(-2).join("."),
    removed,
    passed: [],
    warnings: evil
      ? [
          { kind: "otherHost", host: "www.bank.example" },
          { kind: "looksLike", host: "bank.example" },
        ]
      : page.host.startsWith("xn--")
        ? [{ kind: "mixedScripts" }]
        : [],
  };
}

function lookAtNumber(url: string): LinkView {
  const number = decodeURIComponent(url.slice("tel:".length)).replace(/[-. ()/]/gu, "");
  return {
    kind: "number",
    address: `tel:${number.replaceAll("#", "%23")}`,
    given: url,
    host: number,
    written: null,
    owner: null,
    removed: [],
    passed: [],
    warnings: /[*#]/u.test(number) ? [{ kind: "code" }] : [],
  };
}

/** What could not be fetched of a letter whose pictures are shown. */
export function missedPictures(letter: Letter): MissedView[] {
  const missed = letter.missed ?? [];
  // The next time the network is there.
  letter.missed = [];
  return missed;
}

const same = (one: AllowedView, other: AllowedView) => one.kind === other.kind && one.name === other.name;

export function allow(world: World, whose: AllowedView): void {
  if (!world.allowed.some((each) => same(each, whose))) world.allowed.push(whose);
}

export function forbid(world: World, whose: AllowedView): void {
  world.allowed = world.allowed.filter((each) => !same(each, whose));
}

/** For whom a permission was given that a letter is meant by. */
export function allowedFor(world: World, letter: Letter): AllowedView | null {
  const given = world.allowed.find(({ kind, name }) =>
    kind === "list"
      ? letter.list?.id === name
      : letter.from.some(({ email }) => (kind === "sender" ? email : houseOf(email)) === name),
  );
  return given ?? null;
}

export function remoteOf(letter: Letter): RemoteView {
  const domain = domainOf(letter.from[0]?.email ?? "");
  return {
    hosts:
      letter.remoteImages === 0
        ? []
        : letter.remoteImages < 3
          ? [{ host: `img.${domain}`, count: letter.remoteImages }]
          : [
              { host: `img.${domain}`, count: letter.remoteImages - 1 },
              { host: "cdn.pictures.example", count: 1 },
            ],
    trackers: Array.from({ length: letter.trackers }, (_, index) => ({
      host: index === 0 ? "open.list-manage.example" : `pixel.${domain}`,
      service: index === 0 ? "Mailchimp" : null,
      kind: "pixel" as const,
    })),
    personalLinks: letter.trackers * 4,
  };
}

export function trackingSenders(world: World): TrackingSenderView[] {
  const found = new Map<string, TrackingSenderView>();
  for (const letter of world.letters.values()) {
    const [person] = letter.from;
    if (letter.trackers === 0 || person === undefined) continue;
    const known = found.get(person.email) ?? {
      person,
      letters: 0,
      told: 0,
      lastAt: 0,
      by: [],
      pictures: 0,
      links: 0,
    };
    known.letters += 1;
    known.lastAt = Math.max(known.lastAt, letter.at);
    known.pictures += letter.trackers;
    known.links += letter.trackers * 4;
    known.by = [{ host: "Mailchimp", count: known.pictures }];
    found.set(person.email, known);
  }
  return [...found.values()].sort((a, b) => b.letters - a.letters);
}

const leftKey = (letter: Letter, list: string) => `${letter.account} ${list}`;

export function listOf(world: World, letter: Letter): ListView | null {
  if (letter.list === undefined) return null;
  const left = world.left.get(leftKey(letter, letter.list.id));
  return { ...letter.list, leftAt: left?.at ?? null };
}

/** Which of one's addresses a list of the letter lets go. */
const reached = (world: World, letter: Letter): string => {
  const own = identitiesOf(world).filter(({ account }) => account === letter.account);
  const named = letter.to.map(({ email }) => email.toLowerCase());
  return (own.find(({ email }) => named.includes(email.toLowerCase())) ?? own[0])?.email ?? "";
};

const isUnsigned = ({ name }: { name: string }) => name.startsWith("Unsigned");

export function waysOut(world: World, letter: Letter): WaysOutView | null {
  const list = listOf(world, letter);
  if (list === null) return null;
  return { list, unsigned: list.click && isUnsigned(list), address: reached(world, letter) };
}

export function leave(world: World, letter: Letter, by: LeaveWayView): void {
  const { list } = letter;
  if (list === undefined) reject("invalid", "This letter came by no mailing list.");
  if (by === "click" && isUnsigned(list))
    reject(
      "invalid",
      "Nobody has signed the list’s address, so Waxwing does not send a request there by itself.",
    );
  const { account } = letter;
  if (by !== "mail") {
    world.leave(account, list.id, by);
    return;
  }
  const wanted = list.letter ?? reject("invalid", "The list cannot be left by mail.");
  const mailto = `mailto:${wanted.to}?subject=${encodeURIComponent(wanted.subject)}`;
  // The letter may fail, or be taken back: the list is left when it has been sent.
  const submission = send(world, newDraft(world, account, mailto).id, 0, null);
  world.leaving.set(submission, { account, list: list.id });
}

export function subscriptions(world: World): SubscriptionsView {
  const found = new Map<string, SubscriptionsView["lists"][number]>();
  for (const letter of world.letters.values()) {
    const { list } = letter;
    if (list === undefined) continue;
    const left = world.left.get(leftKey(letter, list.id));
    const known = found.get(leftKey(letter, list.id));
    const newer = known === undefined || known.lastAt < letter.at;
    found.set(leftKey(letter, list.id), {
      id: list.id,
      account: letter.account,
      list: list.id,
      name: list.name,
      address: newer ? reached(world, letter) : known.address,
      letters: (known?.letters ?? 0) + 1,
      lettersSince: 0,
      email: newer ? letter.id : known.email,
      lastAt: newer ? letter.at : known.lastAt,
      leftAt: left?.at ?? null,
      leftBy: left?.by ?? null,
    });
  }
  return { lists: [...found.values()].sort((a, b) => b.lastAt - a.lastAt), unfinished: false };
}
