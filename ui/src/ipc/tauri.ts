// The engine behind the shell's commands and events. The only file of ours that knows the shell; the generated
// bindings beside it are the other.
import type { Backend, TroubleView } from "./backend";
import { commands, events } from "./bindings";
import { getCurrentWebviewWindow } from "@tauri-apps/api/webviewWindow";

export function openTauri(): Promise<Backend> {
  return Promise.resolve(backend);
}

const backend: Backend = {
  accounts: () => told(commands.accounts()),
  removeAccount: (account) => done(commands.removeAccount(account)),
  remainder: (account) => told(commands.remainder(account)),
  removeAccountButLetters: (account, local) => told(commands.removeAccountButLetters(account, local)),
  doorways: (account) => told(commands.doorways(account)),
  signInAgain: (account, form, untried) => told(commands.signInAgain(account, form, untried)),
  tryServers: (account, form) => told(commands.tryServers(account, form)),
  changeServers: (account, form) => told(commands.changeServers(account, form)),
  certificateExceptions: (account) => told(commands.certificateExceptions(account)),
  removeCertificateException: (account, host, port) =>
    done(commands.removeCertificateException(account, host, port)),
  setLook: (account, label, colour) => done(commands.setLook(account, label, colour)),
  orderAccounts: (accounts) => done(commands.orderAccounts(accounts)),
  disable: (account) => done(commands.disable(account)),
  enable: (account) => done(commands.enable(account)),
  setCheckMinutes: (account, minutes) => done(commands.setCheckMinutes(account, minutes)),
  chosenRoles: (account) => told(commands.chosenRoles(account)),
  chooseRole: (account, role, mailbox) => done(commands.chooseRole(account, role, mailbox)),
  accountsOfThunderbird: () => told(commands.accountsOfThunderbird()),
  setRetention: (account, retention) => done(commands.setRetention(account, retention)),
  retentionEffect: (account, retention) => told(commands.retentionEffect(account, retention)),
  stillOnServer: (account) => told(commands.stillOnServer(account)),
  removeFromServer: (account, names) => told(commands.removeFromServer(account, names)),
  downloadAgain: (account, names) => told(commands.downloadAgain(account, names)),
  protocolServer: (account, to) => told(commands.protocolServer(account, to)),
  planProtocol: (account, form) => told(commands.planProtocol(account, form)),
  changeProtocol: (account, form) => told(commands.changeProtocol(account, form)),
  uploadsWaiting: (account) => told(commands.uploadsWaiting(account)),
  setKeeping: (account, keeping) => done(commands.setKeeping(account, keeping)),
  droppable: (account, keeping) => told(commands.droppable(account, keeping)),
  dropBodies: (account) => told(commands.dropBodies(account)),
  pause: (account) => done(commands.pause(account)),
  resume: (account) => done(commands.resume(account)),
  syncNow: (account) => done(commands.syncNow(account)),
  identities: () => told(commands.identities()),
  addIdentity: (account, form) => told(commands.addIdentity(account, form)),
  changeIdentity: (identity, form) => done(commands.changeIdentity(identity, form)),
  tryIdentity: (account, identity, form) => told(commands.tryIdentity(account, identity, form)),
  removeIdentity: (identity) => done(commands.removeIdentity(identity)),
  mailboxes: () => told(commands.mailboxes()),
  page: (listing, offset, limit) => told(commands.page(listing, offset, limit)),
  position: (listing, thread, email) => told(commands.position(listing, thread, email)),
  positionOfMoment: (listing, moment) => told(commands.positionOfMoment(listing, moment)),
  tags: () => told(commands.tags()),
  queryFaults: (query) => told(commands.queryFaults(query)),
  marks: (query, shown) => told(commands.marks(query, shown)),
  excerpts: (query, emails) => told(commands.excerpts(query, emails)),
  foundInFiles: (query, email) => told(commands.foundInFiles(query, email)),
  searchOnServers: (query) => told(commands.searchOnServers(query)),
  savedSearches: () => told(commands.savedSearches()),
  saveSearch: (name, query) => told(commands.saveSearch(name, query)),
  changeSavedSearch: (search, name, query) => done(commands.changeSavedSearch(search, name, query)),
  removeSavedSearch: (search) => done(commands.removeSavedSearch(search)),
  orderSavedSearches: (searches) => done(commands.orderSavedSearches(searches)),
  rebuildSearch: () => done(commands.rebuildSearch()),
  indexing: () => told(commands.indexing()),
  isMuted: (thread) => told(commands.isMuted(thread)),
  conversation: (thread) => told(commands.conversation(thread)),
  letters: (emails) => told(commands.letters(emails)),
  body: (email, look) => told(commands.body(email, look)),
  bodyAhead: (email, look) => told(commands.bodyAhead(email, look)),
  nested: (email, part, look) => told(commands.nested(email, part, look)),
  lettersWithin: (email, part, from) => told(commands.lettersWithin(email, part, from)),
  source: (email, part) => told(commands.source(email, part)),
  saveSource: (email, part) => told(commands.saveSource(email, part)),
  headerFields: (email, part) => told(commands.headerFields(email, part)),
  printed: (email, part, look, when) => told(commands.printed(email, part, look, when)),
  answerInvitation: (email, part, answer) => done(commands.answerInvitation(email, part, answer)),
  believeCallingOff: (email) => done(commands.believeCallingOff(email)),
  saveAttachment: (email, part) => told(commands.saveAttachment(email, part)),
  saveAttachments: (files) => told(commands.saveAttachments(files)),
  showSaved: (place) => told(commands.showSaved(place)),
  openAttachment: (email, part, sure) => told(commands.openAttachment(email, part, sure)),
  dragOut: (email, part, sure) => told(commands.dragOut(email, part, sure)),
  beginDrag: (token) => done(commands.beginDrag(token)),
  preview: (email, part) => told(commands.preview(email, part)),
  files: (source, order, words, behind) => told(commands.files(source, order, words, behind)),
  who: (email) => told(commands.who(email)),
  missedPictures: (email, part) => told(commands.missedPictures(email, part)),
  lookAtLink: (url) => told(commands.lookAtLink(url)),
  allowImages: (email, whose) => done(commands.allowImages(email, whose)),
  forbidImages: (whose) => done(commands.forbidImages(whose)),
  imagesAllowed: () => told(commands.imagesAllowed()),
  trackingSenders: () => told(commands.trackingSenders()),
  leaveList: (email, way) => done(commands.leaveList(email, way)),
  waysOut: (email) => told(commands.waysOut(email)),
  subscriptions: () => told(commands.subscriptions()),
  lookThroughForLists: () => told(commands.lookThroughForLists()),
  cautionWishes: () => told(commands.cautionWishes()),
  setCautionWishes: (wishes) => done(commands.setCautionWishes(wishes)),
  answerReceipt: (email, give) => done(commands.answerReceipt(email, give)),
  perform: (action) => told(commands.perform(action)),
  performListed: (listed, action, run) => told(commands.performListed(listed, action, run)),
  listedMarks: (listed) => told(commands.listedMarks(listed)),
  stopListed: (run) => done(commands.stopListed(run)),
  undo: (undo) => done(commands.undo(undo)),
  emptiedWith: (mailbox) => told(commands.emptiedWith(mailbox)),
  newDraft: (account, mailto) => told(commands.newDraft(account, mailto)),
  respond: (email, part, kind) => told(commands.respond(email, part, kind)),
  drafts: () => told(commands.drafts()),
  editDraft: (email) => told(commands.editDraft(email)),
  closeDraft: (draft) => done(commands.closeDraft(draft)),
  saveDraft: (draft, account, content) => told(commands.saveDraft(draft, account, content)),
  discardDraft: (draft) => done(commands.discardDraft(draft)),
  pickAttachments: (draft) => told(commands.pickAttachments(draft)),
  attach: (draft, name, mediaType, base64) => told(commands.attach(draft, name, mediaType, base64)),
  detach: (draft, attachment) => done(commands.detach(draft, attachment)),
  send: (draft, undoSeconds, at) => told(commands.send(draft, undoSeconds, at)),
  outbox: () => told(commands.outbox()),
  retrySubmission: (submission) => done(commands.retrySubmission(submission)),
  undoSend: (submission) => told(commands.undoSend(submission)),
  dismissSubmission: (submission) => done(commands.dismissSubmission(submission)),
  completeAddress: (typed, most) => told(commands.completeAddress(typed, most)),
  discover: (email, wishes) => told(commands.discover(email, wishes)),
  endSearch: () => done(commands.endSearch()),
  knock: (email, service, host, port) => told(commands.knock(email, service, host, port)),
  signInOffer: (hosts, issuer) => told(commands.signInOffer(hosts, issuer)),
  signInOfferAgain: (account, door) => told(commands.signInOfferAgain(account, door)),
  askWhosePage: (account) => told(commands.askWhosePage(account)),
  beginSignIn: (form) => told(commands.beginSignIn(form)),
  beginSignInAgain: (account, door, client) => told(commands.beginSignInAgain(account, door, client)),
  awaitSignIn: (signIn) => done(commands.awaitSignIn(signIn)),
  giveUpSignIn: (signIn) => done(commands.giveUpSignIn(signIn)),
  signedInAgain: (account, door, signIn) => told(commands.signedInAgain(account, door, signIn)),
  check: (form) => told(commands.check(form)),
  addAccount: (form) => told(commands.addAccount(form)),
  addDemo: () => told(commands.addDemo()),
  addLocalFolders: (name) => told(commands.addLocalFolders(name)),
  vault: () => told(commands.vault()),
  settleTyped: (account, counts) => told(commands.settleTyped(account, counts)),
  unlockVault: (passphrase) => told(commands.unlockVault(passphrase)),
  askKeyringAgain: () => told(commands.askKeyringAgain()),
  forgetPassphrase: () => told(commands.forgetPassphrase()),
  keepSecretsThisRun: () => told(commands.keepSecretsThisRun()),
  setting: (key) => told(commands.setting(key)),
  putSetting: (key, value) => done(commands.putSetting(key, value)),
  resizeWindows: (size) => done(commands.resizeWindows(size)),
  openLetter: (shows) => done(commands.openLetter(shows)),
  ownLetter: () => told(commands.ownLetter()),
  titleLetter: (title) => done(commands.titleLetter(title)),
  closeLetter: () => done(commands.closeLetter()),
  handOver: (email, part, kind) => done(commands.handOver(email, part, kind)),
  handOverUndo: (undo, sentence, shown) => done(commands.handOverUndo(undo, sentence, shown)),
  lendKeys: (keys) => told(commands.lendKeys(keys)),
  openLink: (url) => done(commands.openLink(url)),
  onChanges: (listener) => told(events.changes.listen((event) => listener(event.payload))),
  onLinkClicked: (listener) => {
    const own = getCurrentWebviewWindow().label;
    return listening(
      events.linkClicked.listen(({ payload }) => {
        if (payload.window === own) listener(payload.url);
      }),
    );
  },
  onKeyInLetter: (listener) => {
    const own = getCurrentWebviewWindow().label;
    return listening(
      events.keyInLetter.listen(({ payload }) => {
        if (payload.window === own) listener(payload);
      }),
    );
  },
  onHandedOver: (listener) => listening(events.handedOver.listen((event) => listener(event.payload))),
  onHandedUndo: (listener) => listening(events.handedUndo.listen((event) => listener(event.payload))),
  onClosing: (listener) => {
    const own = getCurrentWebviewWindow().label;
    return listening(
      events.letterClosing.listen(({ payload }) => {
        if (payload === own) listener();
      }),
    );
  },
  onMenu: (listener) => listening(events.menuChosen.listen((event) => listener(event.payload))),
};

/** What a command answers; a failure is a TroubleView whatever went wrong on the way. */
async function told<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (failure) {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a trouble is data that crossed from Rust, and no Error
    throw isTrouble(failure) ? failure : unforeseen(failure);
  }
}

async function done(answer: Promise<unknown>): Promise<void> {
  await told(answer);
}

function isTrouble(failure: unknown): failure is TroubleView {
  return typeof failure === "object" && failure !== null && "kind" in failure && "sentence" in failure;
}

function unforeseen(failure: unknown): TroubleView {
  const detail = failure instanceof Error ? failure.message : String(failure);
  return { kind: "badAnswer", sentence: "Waxwing did not understand itself.", detail };
}

/** A listener is added in the background; taken away before it stood, it goes as soon as it stands. */
function listening(added: Promise<() => void>): () => void {
  return () => void added.then((remove) => remove());
}
