// Everything the interface may ask of the engine, whoever answers: the shell (tauri.ts) or this page itself (memory/).
// Every method rejects with a TroubleView. Ids are opaque. Times are milliseconds since 1970.
import type {
  AccountView,
  MailboxView,
  MissedView,
  Listing,
  PageView,
  KnownPeopleView,
  LetterView,
  BodyView,
  ActionView,
  PerformedView,
  PerformedListedView,
  ListedView,
  ListedMarksView,
  EmptiedView,
  DraftContentView,
  DraftAttachmentView,
  DraftView,
  SubmissionView,
  DiscoveryView,
  WishesView,
  ServiceView,
  CandidateView,
  AccountForm,
  VaultView,
  CountsView,
  ChangeView,
  KeepingView,
  RetentionView,
  DroppableView,
  IdentityForm,
  IdentityView,
  ServerCopiesView,
  MaildropView,
  RemoteProtocol,
  ProtocolForm,
  ProtocolServerView,
  ProtocolPlanView,
  ProtocolChangedView,
  DoorView,
  DoorwayView,
  PasswordsForm,
  TriedDoorView,
  TriedView,
  ServersForm,
  TrialView,
  ExceptionView,
  ChosenRoleView,
  Role,
  RemainderView,
  FoundAccountView,
  FaultView,
  ShownView,
  ExcerptView,
  FoundThereView,
  SavedSearchView,
  IndexingView,
  LookView,
  NestedView,
  LettersWithinView,
  FieldView,
  AnswerView,
  SavedView,
  WhichFileView,
  CautionView,
  DragOutView,
  PreviewView,
  FileSourceView,
  FilesBehindView,
  FilesOrderView,
  FilesView,
  ClientForm,
  SignInBegunView,
  SignInForm,
  SignInOfferView,
  LetterWindowView,
  HandedOver,
  HandedUndo,
  KeyInLetter,
  ResponseKindView,
  AllowedView,
  CautionWishesView,
  LeaveWayView,
  LinkView,
  SubscriptionsView,
  TrackingSenderView,
  WaysOutView,
  WhoView,
} from "./bindings";

export type * from "./bindings";

export interface Backend {
  accounts(): Promise<AccountView[]>;
  removeAccount(account: string): Promise<void>;
  remainder(account: string): Promise<RemainderView>; // what would stay with the next one
  removeAccountButLetters(account: string, local: string): Promise<number>; // they go to the local folders; how many
  doorways(account: string): Promise<DoorwayView[]>; // the servers that it signs in to
  // Tries new passwords and keeps them if every server takes them; untried, it keeps them at once.
  signInAgain(account: string, form: PasswordsForm, untried: boolean): Promise<TriedDoorView[]>;
  tryServers(account: string, form: ServersForm): Promise<TrialView>; // keeps nothing
  changeServers(account: string, form: ServersForm): Promise<TrialView>; // keeps them if both are well
  certificateExceptions(account: string): Promise<ExceptionView[]>;
  removeCertificateException(account: string, host: string, port: number): Promise<void>;
  setLook(account: string, label: string, colour: number): Promise<void>;
  orderAccounts(accounts: string[]): Promise<void>;
  disable(account: string): Promise<void>;
  enable(account: string): Promise<void>;
  setCheckMinutes(account: string, minutes: number | null): Promise<void>;
  chosenRoles(account: string): Promise<ChosenRoleView[]>;
  chooseRole(account: string, role: Role, mailbox: string | null): Promise<void>; // null: as the server says
  accountsOfThunderbird(): Promise<FoundAccountView[]>; // those that are not here
  setRetention(account: string, retention: RetentionView): Promise<void>;
  retentionEffect(account: string, retention: RetentionView): Promise<ServerCopiesView>; // what it would remove there
  stillOnServer(account: string): Promise<MaildropView>; // asks the server
  removeFromServer(account: string, names: string[]): Promise<number>; // how many went
  downloadAgain(account: string, names: string[]): Promise<number>; // how many came
  protocolServer(account: string, to: RemoteProtocol): Promise<ProtocolServerView | null>; // looked for by the address
  planProtocol(account: string, form: ProtocolForm): Promise<ProtocolPlanView>; // asks both sides, changes nothing
  changeProtocol(account: string, form: ProtocolForm): Promise<ProtocolChangedView>;
  uploadsWaiting(account: string): Promise<number>; // letters that have still to be put on its server
  setKeeping(account: string, keeping: KeepingView): Promise<void>;
  droppable(account: string, keeping: KeepingView): Promise<DroppableView>; // what is here and need not be
  dropBodies(account: string): Promise<number>; // gives that up; how many letters
  pause(account: string): Promise<void>;
  resume(account: string): Promise<void>;
  syncNow(account: string | null): Promise<void>;
  identities(): Promise<IdentityView[]>; // of all accounts; each account's first is its usual one
  addIdentity(account: string, form: IdentityForm): Promise<string>; // signs in to its own server first, if it has one
  tryIdentity(account: string, identity: string | null, form: IdentityForm): Promise<TriedView>; // keeps nothing
  changeIdentity(identity: string, form: IdentityForm): Promise<void>;
  removeIdentity(identity: string): Promise<void>;
  mailboxes(): Promise<MailboxView[]>; // all accounts, ordered for the tree
  page(listing: Listing, offset: number, limit: number): Promise<PageView>;
  position(listing: Listing, thread: string, email: string | null): Promise<number | null>; // of the letter, if one is named
  positionOfMoment(listing: Listing, moment: number): Promise<number | null>; // null: the list is not by date
  tags(): Promise<string[]>; // that some letter has
  queryFaults(query: string): Promise<FaultView[]>; // what is odd about it; it can be asked all the same
  marks(query: string, shown: ShownView[]): Promise<[number, number][][]>; // where its words stand in each text, in ascending order
  excerpts(query: string, emails: string[]): Promise<(ExcerptView | null)[]>; // why each was found, where its row does not show it; fewer once others are asked for
  foundInFiles(query: string, email: string): Promise<string[]>; // the parts that are files by whose text it was found
  searchOnServers(query: string): Promise<FoundThereView>; // lists of the query show what they find from then on
  savedSearches(): Promise<SavedSearchView[]>;
  saveSearch(name: string, query: string): Promise<string>;
  changeSavedSearch(search: string, name: string, query: string): Promise<void>;
  removeSavedSearch(search: string): Promise<void>;
  orderSavedSearches(searches: string[]): Promise<void>;
  rebuildSearch(): Promise<void>; // behind the scenes
  indexing(): Promise<IndexingView>;
  isMuted(thread: string): Promise<boolean>;
  conversation(thread: string): Promise<LetterView[]>; // oldest first, across folders
  letters(emails: string[]): Promise<LetterView[]>;
  body(email: string, look: LookView): Promise<BodyView>; // fetches from the server when absent
  bodyAhead(email: string, look: LookView): Promise<BodyView | null>; // fetches nothing, and opens nothing; null where it is absent
  nested(email: string, part: string, look: LookView): Promise<NestedView>; // a letter within a letter
  lettersWithin(email: string, part: string, from: number): Promise<LettersWithinView>; // of an archive, some at once
  source(email: string, part: string | null): Promise<string>; // of a letter, or of one within it; so are the next four
  saveSource(email: string, part: string | null): Promise<string | null>; // opens the system's dialog; the path or null
  headerFields(email: string, part: string | null): Promise<FieldView[]>;
  printed(email: string, part: string | null, look: LookView, when: string): Promise<string>; // a document for the printer
  answerInvitation(email: string, part: string | null, answer: AnswerView): Promise<void>;
  believeCallingOff(email: string): Promise<void>;
  saveAttachment(email: string, part: string): Promise<string | null>; // opens the system's dialog; the path or null
  saveAttachments(files: WhichFileView[]): Promise<SavedView | null>; // into a folder, by the system's dialog
  showSaved(place: string): Promise<boolean>; // what was saved, in its folder; `place` is what was told of it then; false: no program for folders answered
  // No dangers: it was opened. Else why it was not; `sure` opens it nevertheless, unless it is a program.
  openAttachment(email: string, part: string, sure: boolean): Promise<CautionView>;
  dragOut(email: string, part: string, sure: boolean): Promise<DragOutView>; // a copy that others may take
  beginDrag(token: string): Promise<void>; // by the system, of a copy that has a token
  preview(email: string, part: string): Promise<PreviewView>;
  files(
    source: FileSourceView,
    order: FilesOrderView,
    words: string,
    behind: FilesBehindView | null,
  ): Promise<FilesView>; // of folders, a person, the starred or what is found, behind the last of a page or from the beginning on
  who(email: string): Promise<WhoView>; // may ask DNS
  missedPictures(email: string, part: string | null): Promise<MissedView[]>; // of the letter as it was drawn last
  lookAtLink(url: string): Promise<LinkView>; // opens nothing; rejects what is not opened
  allowImages(email: string, whose: AllowedView): Promise<void>; // said over this letter
  forbidImages(whose: AllowedView): Promise<void>;
  imagesAllowed(): Promise<AllowedView[]>;
  trackingSenders(): Promise<TrackingSenderView[]>; // the most frequent first
  leaveList(email: string, way: LeaveWayView): Promise<void>; // the list that this letter came by
  waysOut(email: string): Promise<WaysOutView | null>;
  subscriptions(): Promise<SubscriptionsView>; // those that wrote last first
  lookThroughForLists(): Promise<boolean>; // some letters of before; false: there are none left
  cautionWishes(): Promise<CautionWishesView>;
  setCautionWishes(wishes: CautionWishesView): Promise<void>;
  answerReceipt(email: string, give: boolean): Promise<void>; // whether the sender hears that the letter was read
  perform(action: ActionView): Promise<PerformedView>;
  // To rows of a list; the action names no letters. `run` is what it is called while it is under way.
  performListed(listed: ListedView, action: ActionView, run: string): Promise<PerformedListedView>;
  listedMarks(listed: ListedView): Promise<ListedMarksView>;
  stopListed(run: string): Promise<void>;
  undo(undo: string): Promise<void>;
  emptiedWith(mailbox: string): Promise<EmptiedView>; // what the action "empty" takes next
  newDraft(account: string | null, mailto: string | null): Promise<DraftView>;
  respond(email: string, part: string | null, kind: ResponseKindView): Promise<DraftView>; // `part`: to a letter within it
  drafts(): Promise<DraftView[]>;
  editDraft(email: string): Promise<DraftView>; // a letter in Drafts, whoever left it there
  closeDraft(draft: string): Promise<void>; // what stands in it is filed in Drafts
  saveDraft(draft: string, account: string, content: DraftContentView): Promise<number>; // updatedAt
  discardDraft(draft: string): Promise<void>;
  pickAttachments(draft: string): Promise<DraftAttachmentView[]>; // the system's dialog
  attach(draft: string, name: string, mediaType: string, base64: string): Promise<DraftAttachmentView>; // drop, paste
  detach(draft: string, attachment: string): Promise<void>;
  // The submission's id; the draft is gone, undoSend gives it back. It does not go before `at`, if one is given.
  send(draft: string, undoSeconds: number, at: number | null): Promise<string>;
  outbox(): Promise<SubmissionView[]>;
  retrySubmission(submission: string): Promise<void>;
  undoSend(submission: string): Promise<DraftView | null>;
  dismissSubmission(submission: string): Promise<void>;
  completeAddress(typed: string, most: number): Promise<KnownPeopleView>; // whom one writes with most first
  discover(email: string, wishes: WishesView): Promise<DiscoveryView>; // ends the search before
  endSearch(): Promise<void>;
  // Port and encryption of a server that the person has named.
  knock(
    email: string,
    service: ServiceView,
    host: string,
    port: number | null,
  ): Promise<CandidateView | null>;
  // Signing in in the browser. No token comes here; what came of it is known by the id that was begun.
  signInOffer(hosts: string[], issuer: string | null): Promise<SignInOfferView | null>;
  signInOfferAgain(account: string, door: DoorView): Promise<SignInOfferView | null>;
  askWhosePage(account: string): Promise<boolean>; // asks its domain; true: what is offered may be more than it was
  beginSignIn(form: SignInForm): Promise<SignInBegunView>; // ends one that is not finished
  beginSignInAgain(account: string, door: DoorView, client: ClientForm | null): Promise<SignInBegunView>;
  awaitSignIn(signIn: string): Promise<void>; // until the person has signed in, or will not
  giveUpSignIn(signIn: string): Promise<void>;
  signedInAgain(account: string, door: DoorView, signIn: string): Promise<TriedDoorView[]>; // kept if it is taken
  check(form: AccountForm): Promise<TrialView>; // as far as whether letters may be sent
  addAccount(form: AccountForm): Promise<string>; // checks again, then saves; rejects with TroubleView
  addDemo(): Promise<string>;
  addLocalFolders(name: string): Promise<string>; // those that are there, or new ones
  vault(): Promise<VaultView>;
  unlockVault(passphrase: string): Promise<VaultView>;
  askKeyringAgain(): Promise<VaultView>; // it was locked or not there
  forgetPassphrase(): Promise<VaultView>; // and the passwords that it locked
  keepSecretsThisRun(): Promise<VaultView>;
  settleTyped(account: string, counts: CountsView): Promise<VaultView>; // which of two passwords counts
  setting(key: string): Promise<string | null>;
  putSetting(key: string, value: string): Promise<void>;
  resizeWindows(size: number): Promise<void>; // everything in all of them, in hundredths; remembered as "windowSize"
  openLetter(shows: LetterWindowView): Promise<void>; // in a window of its own
  ownLetter(): Promise<LetterWindowView | null>; // what this window is to show, if it is a letter's
  titleLetter(title: string): Promise<void>; // these two are of a letter's own window
  closeLetter(): Promise<void>;
  handOver(email: string, part: string | null, kind: ResponseKindView): Promise<void>; // the main window answers it
  // The main window takes back what was done here; `shown`: the sentence still stood there.
  handOverUndo(undo: string, sentence: string | null, shown: boolean): Promise<void>;
  // While a letter's frame has the focus: the keys to be told of, none when it has it no more. `true`: somebody tells of them.
  lendKeys(keys: string[]): Promise<boolean>;
  openLink(url: string): Promise<void>; // only http, https (opened by the system), mailto (a new draft)
  /** Coalesced batches. Once the promise is kept, nothing that happens is missed. */
  onChanges(listener: (changes: ChangeView[]) => void): Promise<() => void>;
  onLinkClicked(listener: (url: string) => void): () => void; // a link in a letter was clicked that this window answers
  onKeyInLetter(listener: (pressed: KeyInLetter) => void): () => void; // one of those that were lent, in this window
  onHandedOver(listener: (asked: HandedOver) => void): () => void; // a letter's own window wants it answered
  onHandedUndo(listener: (handed: HandedUndo) => void): () => void; // a letter's own window has closed
  onClosing(listener: () => void): () => void; // the system asks this letter's own window to close
  onMenu(listener: (command: string) => void): () => void; // a command id from the native menu, e.g. "reply", "archive"
}
