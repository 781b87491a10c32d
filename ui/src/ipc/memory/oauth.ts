// Signing in in the browser, in memory. The person in the browser is played by the test, through `browsers`: it agrees, or says no.
import type {
  ClientForm,
  DoorView,
  SignInBegunView,
  SignInForm,
  SignInOfferView,
  TriedDoorView,
  TroubleView,
} from "../backend";
import { identitiesOf } from "./identities";
import { doorways, goOn } from "./managing";
import { offer } from "./offers";
import { reject, trouble, type World } from "./world";

interface UnderWay {
  id: string;
  settle: (outcome: TroubleView | null) => void;
  done: Promise<TroubleView | null>;
}

/** What the test plays. */
export class Browsers {
  #number = 0;
  #underWay: UnderWay | null = null;
  /** The addresses that were opened. */
  readonly opened: string[] = [];

  begin(): SignInBegunView {
    this.giveUp();
    this.#number += 1;
    const id = String(this.#number);
    let settle: UnderWay["settle"] = () => undefined;
    const done = new Promise<TroubleView | null>((resolve) => (settle = resolve));
    this.#underWay = { id, settle, done };
    const query = new URLSearchParams({
      response_type: "code",
      client_id: "waxwing",
      redirect_uri: "http://127.0.0.1:52341/",
      scope: "mail openid email",
      state: "tT3cRk0n9mY1vQ2wZ8xL7pJ6hG5fD4sA3qW2eR1tY0u",
      code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
      code_challenge_method: "S256",
    });
    return { id, address: `https://login.nordlicht.example/authorize?${query.toString()}` };
  }

  async wait(id: string): Promise<void> {
    if (this.#underWay?.id !== id) reject("refused", "The sign-in in the browser was given up.");
    const outcome = await this.#underWay.done;
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a trouble is data, as it is across the shell's border
    if (outcome !== null) throw outcome;
  }

  giveUp(): void {
    this.#underWay?.settle(trouble("refused", "The sign-in in the browser was given up."));
    this.#underWay = null;
  }

  /** The person agrees, or the provider's page says why not. */
  answer(no: string | null = null): void {
    this.#underWay?.settle(
      no === null ? null : trouble("refused", "The provider did not let Waxwing in.", no),
    );
  }
}

export function begin(browsers: Browsers, form: SignInForm): SignInBegunView {
  const known = offer(form.hosts);
  if (known === null) reject("invalid", "Nobody is known at whose page one signs in for these servers.");
  return begun(browsers, known, form.client);
}

export function offerAgain(world: World, account: string, door: DoorView): SignInOfferView | null {
  const { incoming, outgoing } = world.account(account);
  const [read, sent] = [incoming?.host ?? "", outgoing?.host ?? ""];
  const isAsked = world.asked.has(account);
  if (door.kind === "outgoing") return offer([sent], isAsked);
  if (door.kind === "identity") {
    const own = identitiesOf(world).find(({ id }) => id === door.identity)?.outgoing ?? null;
    return own && offer([own.host], isAsked);
  }
  const apart = world.ways.get(account)?.outgoing !== undefined;
  return (apart ? null : offer([read, sent], isAsked)) ?? offer([read], isAsked);
}

/** Whether the domain has named a page that was not known before. */
export function askWhosePage(world: World, account: string): boolean {
  const names = doorways(world, account).some(({ server }) => server.host.split(".").includes("described"));
  const isNews = names && !world.asked.has(account);
  if (isNews) world.asked.add(account);
  return isNews;
}

export function beginAgain(
  world: World,
  browsers: Browsers,
  account: string,
  door: DoorView,
  client: ClientForm | null,
): SignInBegunView {
  const known = offerAgain(world, account, door);
  if (known === null) reject("invalid", "Nobody is known at whose page one signs in for these servers.");
  return begun(browsers, known, client);
}

export function signedInAgain(world: World, account: string, asked: DoorView): TriedDoorView[] {
  const opened = doorways(world, account).filter(
    ({ door, own }) => isSame(door, asked) || (asked.kind === "incoming" && door.kind === "outgoing" && !own),
  );
  const provider = offerAgain(world, account, asked)?.provider ?? null;
  if (asked.kind === "identity") {
    if (provider !== null) world.identityWays.set(asked.identity, provider);
  } else {
    const ways = world.ways.get(account) ?? { incoming: null };
    world.ways.set(account, { ...ways, [asked.kind]: provider });
  }
  goOn(world, account);
  return opened.map(({ door, server: { host, port } }) => ({
    door,
    tried: { host, port, reached: true, encryption: null, signedIn: true, trouble: null },
  }));
}

function isSame(one: DoorView, other: DoorView): boolean {
  if (one.kind === "identity" && other.kind === "identity") return one.identity === other.identity;
  return one.kind === other.kind;
}

function begun(browsers: Browsers, known: SignInOfferView, client: ClientForm | null): SignInBegunView {
  if (!known.ready && client === null)
    reject("invalid", `${known.provider} lets in only mail programs that it knows.`);
  return browsers.begin();
}
