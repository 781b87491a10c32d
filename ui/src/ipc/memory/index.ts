// The engine in memory, for tests and for working on the interface in a browser. The page's address chooses the scene:
// ?scene=first-run | empty | million | failing | offline, the scenes of the vault (vault.ts), and &delay=300 makes every answer
// slow.
import type { Backend, HandedOver, HandedUndo, LetterWindowView } from "../backend";
import { furnish, offlineSince } from "./accounts";
import { bodyAhead, bodyOf } from "./body";
import * as caution from "./caution";
import { confined } from "./confined";
import { CROWD, crowdCounts, crowdLetter } from "./crowd";
import { closeDraft, editDraft, withdraw } from "./filing";
import { addIdentity, changeIdentity, identitiesOf, removeIdentity, tryIdentity } from "./identities";
import { discover, knock } from "./finding";
import { addAccount, addDemo, addLocalFolders, check, removeAccount } from "./joining";
import { dropBodies, droppable, read, setKeeping, setPaused } from "./keeping";
import { listedDeeds } from "./listed";
import { momentOf, pageOf, positionOf } from "./listing";
import { downloadAgain, removeFromServer, retentionEffect, setRetention, stillOnServer } from "./maildrop";
import * as oauth from "./oauth";
import { offer } from "./offers";
import * as managing from "./managing";
import { lettersWithin, meant, nested } from "./nested";
import { emptiedWith, perform } from "./perform";
import { post, type Sample } from "./post";
import { changeProtocol, planProtocol, protocolServer, uploadsWaiting } from "./protocol";
import * as browsing from "./browsing";
import * as looking from "./reading";
import { bare } from "./reading";
import { samples } from "./samples";
import * as searches from "./searches";
import { resizeWindow } from "./size";
import { vaultOf } from "./vault";
import { reject, trouble, World, type Letter } from "./world";
import { completeAddress, newDraft, respond, retry, saveDraft, send, undoSend } from "./writing";

export type { World } from "./world";

/** The in-memory engine, with what only a test may do with it. */
export interface MemoryBackend extends Backend {
  world: World;
  /** A letter arrives now. */
  receive(sample: Partial<Sample>): string;
  /** The server says that an account is so full, in bytes. */
  fill(account: string, used: number): void;
  /** The person in the browser. */
  browsers: oauth.Browsers;
  /** What was left to the main window. */
  handed: HandedOver[];
  handedUndos: HandedUndo[];
  /** What a letter's own window asked for and may not. */
  refused: string[];
  /** As if a native menu entry was chosen. */
  menu(command: string): void;
  /** As if a link in a letter was pressed. */
  press(url: string): void;
  /** As if a letter's own window had closed that leaves this. */
  leaveUndo(handed: HandedUndo): void;
  /** As if the system asked this window to close. */
  askToClose(): void;
}

function furnished(scene: string): World {
  const world = new World();
  if (scene === "first-run" || scene === "thunderbird") return world;
  furnish(world);
  if (scene === "empty") return world;
  for (const sample of samples) post(world, sample);
  const [lena, postAccount] = world.accounts;
  if (scene === "million")
    world.mailboxes.push({
      id: CROWD,
      account: "lena",
      parent: null,
      name: "Crowd",
      role: null,
      selectable: true,
    });
  if (lena !== undefined && postAccount !== undefined) {
    if (scene === "failing")
      lena.activity = {
        kind: "failed",
        trouble: trouble(
          "wrongPassword",
          "nordlicht.example does not accept the password any more.",
          "NO [AUTHENTICATIONFAILED]",
        ),
      };
    if (scene === "locked")
      lena.activity = {
        kind: "failed",
        trouble: trouble("vault", "The vault is locked, so that passwords can be neither read nor saved."),
      };
    if (scene === "changed-certificate") lena.activity = managing.alarm();
    if (scene === "offline")
      lena.activity = postAccount.activity = { kind: "offline", since: offlineSince() };
  }
  return world;
}

/** What the page's address says that a letter's own window is to show. */
function letterOf(options: URLSearchParams): LetterWindowView | null {
  const shows = options.get("letter");
  return shows === null ? null : (JSON.parse(shows) as LetterWindowView);
}

function heardBy<T>(all: Set<T>, listener: T): () => void {
  all.add(listener);
  return () => all.delete(listener);
}

export function openMemory(options: URLSearchParams = new URLSearchParams()): MemoryBackend {
  const scene = options.get("scene") ?? "";
  const delay = Number(options.get("delay") ?? 0);
  const world = furnished(scene);
  const vault = vaultOf(scene);
  let failing = scene === "failing";
  const browsers = new oauth.Browsers();
  const menus = new Set<(command: string) => void>();
  const handed: HandedOver[] = [];
  const handedUndos: HandedUndo[] = [];
  const refused: string[] = [];
  const undos = new Set<(handed: HandedUndo) => void>();
  const closings = new Set<() => void>();
  const links = new Set<(url: string) => void>();

  /** Every answer comes later, even a quick one, and is a copy, as it would be across the shell's border. */
  async function later<T>(answer: () => T): Promise<T> {
    await (delay > 0 ? new Promise((resolve) => setTimeout(resolve, delay)) : Promise.resolve());
    const value = answer();
    return value === undefined ? value : structuredClone(value);
  }
  const letter = (id: string): Letter =>
    id.startsWith(`${CROWD}-`) ? crowdLetter(world.crowd, id) : world.letter(id);
  const counted = () =>
    world.mailboxes.map((mailbox) => {
      const hidden = world.hidden(mailbox);
      if (mailbox.id === CROWD) return { ...mailbox, hidden, ...crowdCounts(world.crowd) };
      const inside = [...world.letters.values()].filter((each) => each.mailboxes.includes(mailbox.id));
      return {
        ...mailbox,
        hidden,
        total: inside.length,
        unread: inside.filter((each) => each.unread).length,
      };
    });

  const memory: MemoryBackend = {
    world,
    browsers,
    receive: (sample) => {
      const arrived = post(world, {
        from: "Jonas Halvorsen <jonas@kustwerk.example>",
        subject: "Just now",
        when: [0, "12:00"],
        text: "This came a moment ago.",
        box: "lena-inbox",
        unread: true,
        ...sample,
      });
      // Newer than all others, whatever the clock says: the sample has letters of 10:42 today.
      arrived.at = Math.max(Date.now(), ...[...world.letters.values()].map((each) => each.at + 1000));
      world.tell(
        { kind: "arrived", account: arrived.account },
        { kind: "mailboxes", account: arrived.account },
        ...arrived.mailboxes.map((mailbox) => ({ kind: "listing" as const, mailbox })),
      );
      return arrived.id;
    },
    fill: (account, used) => {
      const full = world.accounts.find((each) => each.id === account);
      if (full?.quota) full.quota = { ...full.quota, used };
      world.tell({ kind: "accounts" });
    },
    menu: (command) => menus.forEach((listener) => listener(command)),
    leaveUndo: (left) => undos.forEach((listener) => listener(left)),
    press: (url) => links.forEach((listener) => listener(url)),

    accounts: () => later(() => world.accounts),
    removeAccount: (account) => later(() => removeAccount(world, account)),
    remainder: (account) => later(() => managing.remainder(world, account)),
    removeAccountButLetters: (account, local) =>
      later(() => managing.removeButLetters(world, account, local)),
    doorways: (account) => later(() => managing.doorways(world, account)),
    signInAgain: (account, form, untried) => later(() => managing.signInAgain(world, account, form, untried)),
    tryServers: (account, form) => later(() => managing.tryServers(world, account, form)),
    changeServers: (account, form) => later(() => managing.changeServers(world, account, form)),
    certificateExceptions: (account) => later(() => world.exceptions.get(account) ?? []),
    removeCertificateException: (account, host, port) =>
      later(() => managing.removeException(world, account, host, port)),
    setLook: (account, label, colour) => later(() => managing.setLook(world, account, label, colour)),
    orderAccounts: (accounts) => later(() => managing.order(world, accounts)),
    disable: (account) => later(() => managing.setDisabled(world, account, true)),
    enable: (account) => later(() => managing.setDisabled(world, account, false)),
    setCheckMinutes: (account, minutes) => later(() => managing.setCheckMinutes(world, account, minutes)),
    chosenRoles: (account) => later(() => managing.chosenRoles(world, account)),
    chooseRole: (account, role, mailbox) => later(() => managing.chooseRole(world, account, role, mailbox)),
    accountsOfThunderbird: () => later(() => (scene === "thunderbird" ? managing.ofThunderbird() : [])),
    setRetention: (account, retention) => later(() => setRetention(world, account, retention)),
    retentionEffect: (account, retention) => later(() => retentionEffect(world, account, retention)),
    stillOnServer: (account) => later(() => stillOnServer(world, account)),
    removeFromServer: (account, names) => later(() => removeFromServer(world, account, names)),
    downloadAgain: (account, names) => later(() => downloadAgain(world, account, names)),
    protocolServer: (account, to) => later(() => protocolServer(world, account, to)),
    planProtocol: (account, form) => later(() => planProtocol(world, account, form)),
    changeProtocol: (account, form) => later(() => changeProtocol(world, account, form)),
    uploadsWaiting: (account) => later(() => uploadsWaiting(world, account)),
    setKeeping: (account, keeping) => later(() => setKeeping(world, account, keeping)),
    droppable: (account, keeping) => later(() => droppable(world, account, keeping)),
    dropBodies: (account) => later(() => dropBodies(world, account)),
    pause: (account) => later(() => setPaused(world, account, true)),
    resume: (account) => later(() => setPaused(world, account, false)),
    syncNow: (account) =>
      later(() => {
        failing = false;
        for (const each of world.accounts) {
          if (account !== null && each.id !== account) continue;
          each.activity = { kind: "upToDate", checkedAt: Date.now(), shut: [] };
          world.tell({ kind: "activity", account: each.id, activity: each.activity });
        }
      }),
    identities: () => later(() => identitiesOf(world)),
    addIdentity: (account, form) => later(() => addIdentity(world, account, form)),
    changeIdentity: (identity, form) => later(() => changeIdentity(world, identity, form)),
    tryIdentity: (account, _identity, form) => later(() => tryIdentity(world, account, form)),
    removeIdentity: (identity) => later(() => removeIdentity(world, identity)),
    mailboxes: () => later(counted),
    page: (listing, offset, limit) =>
      later(() => {
        if (failing && listing.source.kind === "starred")
          reject("store", "The list could not be read from this computer's disk.", "disk I/O error");
        return pageOf(world, listing, offset, limit);
      }),
    position: (listing, thread, email) => later(() => positionOf(world, listing, thread, email)),
    positionOfMoment: (listing, moment) => later(() => momentOf(world, listing, moment)),
    tags: () => later(() => ["ferry", "keel"]),
    queryFaults: (query) => later(() => searches.faults(query)),
    marks: (query, shown) => later(() => shown.map((each) => searches.marks(query, each))),
    excerpts: (query, emails) => later(() => emails.map((id) => searches.excerptOf(world, query, id))),
    foundInFiles: (query, email) => later(() => searches.foundInFiles(world, query, email)),
    searchOnServers: (query) => later(() => searches.onServers(world, query)),
    savedSearches: () => later(() => searches.saved(world)),
    saveSearch: (name, query) => later(() => searches.save(world, name, query)),
    changeSavedSearch: (search, name, query) => later(() => searches.change(world, search, name, query)),
    orderSavedSearches: (ids) => later(() => searches.order(world, ids)),
    removeSavedSearch: (search) => later(() => searches.remove(world, search)),
    rebuildSearch: () => later(() => undefined),
    indexing: () => later(() => world.indexing),
    isMuted: (thread) => later(() => world.muted.has(thread)),
    conversation: (thread) =>
      later(() =>
        thread.startsWith(`${CROWD}-`) ? [bare(letter(thread))] : looking.conversation(world, thread),
      ),
    letters: (emails) => later(() => emails.map((id) => bare(letter(id)))),
    body: (email, look) =>
      later(() => {
        read(world, letter(email));
        return bodyOf(world, letter(email), look);
      }),
    bodyAhead: (email, look) => later(() => bodyAhead(world, letter(email), look)),
    nested: (email, part, look) => later(() => nested(world, letter(email), part, look)),
    lettersWithin: (email, part, from) => later(() => lettersWithin(letter(email), part, from)),
    saveSource: (email, part) =>
      later(() => `/home/lena/Downloads/${meant(letter(email), part).subject}.eml`),
    headerFields: (email, part) => later(() => looking.headerFields(letter(email), part)),
    printed: (email, part, _look, when) => later(() => looking.printed(letter(email), part, when)),
    believeCallingOff: (email) => later(() => looking.believeCallingOff(letter(email))),
    answerInvitation: (email, part, answer) =>
      later(() => looking.answerInvitation(meant(letter(email), part), answer)),
    source: (email, part) => later(() => looking.source(letter(email), part)),
    saveAttachment: (email, part) => later(() => looking.saveAttachment(letter(email), part)),
    saveAttachments: (files) => later(() => ({ folder: "/home/lena/Downloads", count: files.length })),
    showSaved: (place) => later(() => world.shown.push(place) > 0 && world.showsFolders),
    openAttachment: (email, part, sure) => later(() => looking.openAttachment(letter(email), part, sure)),
    dragOut: (email, part, sure) => later(() => looking.dragOut(world, letter(email), part, sure)),
    beginDrag: (token) => later(() => looking.beginDrag(world, token)),
    preview: (email, part) => later(() => looking.preview(letter(email), part)),
    files: (...asked) => later(() => browsing.files(world, ...asked)),
    who: (email) => later(() => caution.whoAsked(world, letter(email))),
    missedPictures: (email) => later(() => caution.missedPictures(letter(email))),
    lookAtLink: (url) => later(() => caution.lookAtLink(url)),
    allowImages: (_email, whose) => later(() => caution.allow(world, whose)),
    forbidImages: (whose) => later(() => caution.forbid(world, whose)),
    imagesAllowed: () => later(() => [...world.allowed]),
    trackingSenders: () => later(() => caution.trackingSenders(world)),
    leaveList: (email, way) => later(() => caution.leave(world, letter(email), way)),
    waysOut: (email) => later(() => caution.waysOut(world, letter(email))),
    subscriptions: () => later(() => caution.subscriptions(world)),
    lookThroughForLists: () => later(() => false),
    cautionWishes: () => later(() => world.caution),
    setCautionWishes: (wishes) => later(() => void (world.caution = wishes)),
    answerReceipt: (email) => later(() => void world.receiptsAnswered.add(email)),
    perform: (action) => later(() => perform(world, action)),
    ...listedDeeds(world, later),
    undo: (undo) =>
      later(() => {
        const back = world.undos.get(undo) ?? reject("gone", "That cannot be undone any more.");
        world.undos.delete(undo);
        back();
      }),
    emptiedWith: (mailbox) => later(() => emptiedWith(world, mailbox)),
    newDraft: (account, mailto) => later(() => newDraft(world, account, mailto)),
    respond: (email, part, kind) => later(() => respond(world, email, part, kind)),
    drafts: () => later(() => [...world.drafts.values()].sort((a, b) => b.updatedAt - a.updatedAt)),
    saveDraft: (draft, account, content) => later(() => saveDraft(world, draft, account, content)),
    discardDraft: (draft) =>
      later(() => {
        withdraw(world, draft);
        world.drafts.delete(draft);
        world.tell({ kind: "drafts" });
      }),
    editDraft: (email) => later(() => editDraft(world, email)),
    closeDraft: (draft) => later(() => closeDraft(world, draft)),
    pickAttachments: (draft) =>
      memory.attach(draft, "survey.pdf", "application/pdf", btoa("x".repeat(2000))).then((file) => [file]),
    attach: (draft, name, mediaType, base64) =>
      later(() => {
        const file = { id: world.id("file"), name, mediaType, size: Math.floor((base64.length * 3) / 4) };
        (world.drafts.get(draft) ?? reject("gone", "That draft is not here any more.")).attachments.push(
          file,
        );
        return file;
      }),
    detach: (draft, attachment) =>
      later(() => {
        const found = world.drafts.get(draft);
        if (found !== undefined)
          found.attachments = found.attachments.filter((file) => file.id !== attachment);
      }),
    send: (draft, undoSeconds, at) =>
      later(() => {
        const submission = send(world, draft, undoSeconds, at);
        withdraw(world, draft);
        return submission;
      }),
    outbox: () => later(() => world.submissions),
    retrySubmission: (submission) => later(() => retry(world, submission)),
    undoSend: (submission) => later(() => undoSend(world, submission)),
    dismissSubmission: (submission) =>
      later(() => {
        world.submissions = world.submissions.filter((each) => each.id !== submission);
        world.tell({ kind: "outbox" });
      }),
    completeAddress: (typed, most) => later(() => completeAddress(world, typed, most)),
    discover: (email, wishes) => later(() => discover(email, wishes)),
    endSearch: () => later(() => undefined),
    knock: (email, service, host) => later(() => knock(email, service, host)),
    signInOffer: (hosts) => later(() => offer(hosts)),
    signInOfferAgain: (account, door) => later(() => oauth.offerAgain(world, account, door)),
    askWhosePage: (account) => later(() => oauth.askWhosePage(world, account)),
    beginSignIn: (form) => later(() => oauth.begin(browsers, form)),
    beginSignInAgain: (account, door, own) =>
      later(() => oauth.beginAgain(world, browsers, account, door, own)),
    awaitSignIn: (signIn) => browsers.wait(signIn),
    giveUpSignIn: () => later(() => browsers.giveUp()),
    signedInAgain: (account, door) => later(() => oauth.signedInAgain(world, account, door)),
    check: (form) => later(() => check(form)),
    addAccount: (form) => later(() => addAccount(world, form)),
    addDemo: () => later(() => addDemo(world)),
    addLocalFolders: (name) => later(() => addLocalFolders(world, name)),
    vault: () => later(() => vault.state()),
    unlockVault: (passphrase) => later(() => vault.unlock(passphrase)),
    askKeyringAgain: () => later(() => vault.askAgain()),
    forgetPassphrase: () => later(() => vault.forget()),
    keepSecretsThisRun: () => later(() => vault.thisRun()),
    settleTyped: (account) => later(() => vault.settle(account)),
    setting: (key) => later(() => world.settings.get(key) ?? null),
    putSetting: (key, value) => later(() => void world.settings.set(key, value)),
    resizeWindows: (size) => later(() => resizeWindow(world, size)),
    // The browser tells of keys itself.
    lendKeys: () => later(() => true),
    onKeyInLetter: () => () => undefined,
    openLink: (url) => later(() => void browsers.opened.push(url)),
    onChanges: (listener) => Promise.resolve(world.listen(listener)),
    openLetter: (shows) =>
      later(() => {
        // A page of its own has a world of its own: it shows the same samples.
        const query = new URLSearchParams({ ...Object.fromEntries(options), letter: JSON.stringify(shows) });
        window.open(`?${query.toString()}`);
      }),
    ownLetter: () => later(() => letterOf(options)),
    titleLetter: (title) => later(() => void (document.title = title)),
    closeLetter: () => later(() => window.close()),
    handOver: (email, part, kind) => later(() => handed.push({ email, part, kind })).then(() => undefined),
    handed,
    handOverUndo: (undo, sentence, shown) => later(() => void handedUndos.push({ undo, sentence, shown })),
    handedUndos,
    refused,
    onHandedOver: () => () => undefined,
    onHandedUndo: (listener) => heardBy(undos, listener),
    onLinkClicked: (listener) => heardBy(links, listener),
    onClosing: (listener) => heardBy(closings, listener),
    askToClose: () => closings.forEach((listener) => listener()),
    onMenu: (listener) => heardBy(menus, listener),
  };
  // A test in a browser reaches it here: letters arrive, menus are chosen.
  Object.assign(globalThis, { waxwing: memory });
  return options.has("letter") ? confined(memory, refused) : memory;
}
