/**
 * What a reader of the guide would try: for each page, the file and the server it makes, and calls with what comes back.
 * `answers` is what the user says, `model` what the model says; `rounds` is what a modern client needs.
 */
const ada = { name: 'Ada', email: 'ada@example.com' };

export const calls = {
  tools: {
    'tools.js#Tools': [
      { tool: 'search', args: { words: 'Tides' }, gives: /^A Year of Tides$/ },
      {
        tool: 'search',
        args: { colour: 'red', limit: 30 },
        gives: /- colour: is not a known property\n- words: is required/,
      },
      { tool: 'evenings', args: { pages: 300 }, gives: /^10$/ },
      { tool: 'opening-hours', gives: /^Tuesday/ },
      { tool: 'count', gives: /^6000$/ },
      { tool: 'renew', args: { isbn: '0001', weeks: 2 }, gives: /0001 is yours for 2 more weeks/ },
    ],
  },
  'describe-your-input': {
    'input.js#Input': [
      {
        tool: 'lend',
        args: { isbn: '0001', reader: 'ada@example.com', weeks: 9 },
        gives: /- weeks: must not be greater than 8/,
      },
      { tool: 'review', args: { stars: 5, text: 'Long.' }, gives: /5 stars \(en\)/ },
      { tool: 'remind', args: { via: { by: 'call', number: '+49123456' } }, gives: /A call to \+49123456/ },
      { tool: 'find', args: { author: 'Ada', colour: 'red' }, gives: /author and colour/ },
      { tool: 'change', args: { id: 1, title: 'Tides' }, gives: /1 is called Tides now/ },
      { tool: 'shelve', gives: /"copies":1/ },
    ],
  },
  'your-own-rules': {
    'schemas/own-rules.js#OwnRules': [
      { tool: 'move', args: { to: 'ab' }, gives: /must be a shelf mark such as AB123/ },
      { tool: 'pay', args: { cents: 10 }, gives: /Paid 10 cents/ },
      { tool: 'scan', answers: ['9780000000003', '9780306406157'], gives: /Scanned 9780306406157/ },
    ],
  },
  'typebox-and-zod': {
    'schemas/sources.js#Sources': [
      { tool: 'lend', args: { isbn: '0001', weeks: 9 }, gives: /weeks: must/ },
      { tool: 'review', args: { stars: 4, text: ' Good. ' }, gives: /^4 stars \(en\): Good\.$/ },
      { tool: 'search', args: { words: 'sea' }, gives: /^10 books with sea$/ },
      { prompt: 'plan', args: { author: 'Ada North', evenings: '3' }, gives: /Plan 3 evenings/ },
      { tool: 'join', answers: [ada], gives: /Welcome, Ada\. Books come by desk/, rounds: 2 },
      { tool: 'card', gives: /^\{"title":"The Lighthouse","pages":212\}$/ },
    ],
  },
  'results-and-errors': {
    'results.js#Results': [
      { tool: 'pages', args: { isbn: '0001' }, gives: /^212$/ },
      { tool: 'card', args: { isbn: '0009' }, gives: /There is no book 0009/ },
      { tool: 'read', args: { isbn: '0001' }, gives: /there was a lighthouse/ },
      { tool: 'fetch', args: { isbn: '0009' }, gives: /Search for its title first/ },
      { tool: 'vault', fails: /Members only/ },
      { tool: 'index', gives: /^Internal error \(ref \w+\)/ },
      { tool: 'fetsh', fails: /Unknown tool: fetsh\. Did you mean "fetch"\?/ },
    ],
  },
  'resources-and-templates': {
    'resources.js#Resources': [
      { uri: 'library://notice', gives: /Open as usual/ },
      { uri: 'library://books', gives: /The Lighthouse/ },
      { uri: 'book://0001/page/3', gives: /## The Lighthouse, page 3/ },
      { uri: 'book://0001/page/999', fails: /There is no page 999/ },
      { tool: 'putUp', args: { notice: 'Closed.' }, gives: /Done/ },
      { uri: 'library://notice', gives: /Closed/ },
    ],
  },
  'prompts-and-completions': {
    'prompts.js#Prompts': [
      { prompt: 'plan', args: { author: 'Ada North', evenings: '3' }, gives: /Plan 3 evenings/ },
      { prompt: 'discuss', args: { title: 'Tides' }, gives: /How did you like the ending/ },
      { uri: 'author://Ada/Tides', gives: /Tides, by Ada/ },
    ],
  },
  'components-and-discovery': {
    'components.js#Components': [
      { tool: 'isOpen', args: { day: 'Tuesday' }, gives: /^true$/ },
      { tool: 'locate', args: { isbn: '0002' }, gives: /Shelf 2/ },
      { tool: 'weather', args: {}, gives: /20 °C/ },
      { uri: 'shelf://Ben%20Quay', gives: /Salt and Stars/ },
    ],
    'components.js#ChildrensLibrary': [{ tool: 'story', gives: /Lighthouse/ }],
  },
  'asking-the-user': {
    'asking.js#Asking': [
      { tool: 'join', answers: [ada], gives: /Welcome, Ada\. Books come by desk/, rounds: 2 },
      { tool: 'join', answers: ['decline'], gives: /Maybe another time/ },
      { tool: 'room', answers: ['quiet', 4], gives: /4 seats in the quiet room/, rounds: 3 },
      { tool: 'lamp', answers: ['amber', true], gives: /amber, warm seat/, rounds: 2 },
      { tool: 'card', answers: ['x', 'L-1234'], gives: /Card L-1234 is valid/ },
      { tool: 'leave', answers: [false], gives: /Glad you stay/ },
      { tool: 'pay', answers: [true], gives: /^Paid\.$/ },
      { tool: 'sumUp', model: ['A keeper.'], gives: /A keeper/ },
      { tool: 'folders', gives: /work/ },
    ],
  },
  'ask-with-a-form': {
    'schemas/forms.js#Forms': [
      { tool: 'scalars', answers: ['Emma', 2, 3.5, true], gives: /Emma, 2, 3\.5, true/, rounds: 5 },
      {
        tool: 'visit',
        answers: [{ ...ada, guests: 2, extras: ['tea'], card: 'L-1234' }],
        gives: /Ada, 2 guests, tea, true/,
      },
    ],
  },
  'steps-and-replay': {
    'steps.js#Steps': [
      { tool: 'order', answers: ['Emma', true], gives: /Ordered\. It comes on Friday/, rounds: 3 },
      { tool: 'right', answers: [true], gives: /Ordered for/ },
      { tool: 'wrong', answers: [true], legacyOnly: true, gives: /Ordered for/ },
      { tool: 'due', gives: /1970-01-01/ },
      { tool: 'letters', gives: /posted 1, posted 2/ },
      { tool: 'reserve', answers: [true], gives: /You are in the queue/ },
      { tool: 'manuscript', answers: [false], gives: /Please wash them/ },
      { tool: 'seats', answers: ['window', 'aisle'], gives: /window and aisle/, rounds: 2 },
    ],
  },
  'ask-the-model': {
    'models.js#Models': [
      {
        tool: 'review',
        args: { title: 'Tides' },
        model: ['{"verdict":"Salty.","stars":3,"readers":"adults"}'],
        gives: /\*\*\* Salty\. For adults/,
      },
      { tool: 'weekend', model: ['0003'], gives: /0003/ },
    ],
  },
  context: {
    'context.js#Contexts': [
      { tool: 'greet', gives: /Hello, @reprise\/testing/ },
      { tool: 'about', gives: /"canFillForms":true/ },
      { tool: 'dust', gives: /All clean/ },
      { tool: 'putUp', args: { text: 'Closed.' }, gives: /^$/ },
      { tool: 'open', gives: /Open/ },
      { tool: 'tour', gives: /^1, 1, 1$/ },
    ],
  },
  state: {
    'remembering.js#Remembering': [
      { tool: 'title', args: { isbn: '0001' }, gives: /The Lighthouse/ },
      { tool: 'both', gives: /on loan/ },
      { tool: 'take', args: { isbn: '0001' }, legacyOnly: true, gives: /1 in the basket/ },
      { tool: 'home', answers: [true], legacyOnly: true, gives: /Enjoy The Lighthouse/ },
    ],
    'remembering.js#Handles': [{ tool: 'take', args: { isbn: '0001' }, gives: /"books":\["0001"\]/ }],
  },
  middleware: {
    'middleware.js#guarded': [
      { tool: 'search', args: { author: 'Ada' }, gives: /A Year of Tides/ },
      { tool: 'discard', args: { isbn: '0001' }, gives: /Only the staff may do that/ },
      { tool: 'card', gives: /guest/ },
    ],
  },
  transports: { 'server/transports.js#Library': [{ tool: 'ring', gives: /Good morning/ }] },
  authorization: { 'authorization/http.js#Branches': [{ tool: 'whoami', gives: /undefined/ }] },
  scopes: {
    'authorization/scopes.js#ScopedLibrary': [
      { tool: 'search', args: { title: 'Emma' }, gives: /1 book with Emma/ },
      { tool: 'renew', args: { title: 'Emma' }, gives: /Emma is new/ },
      { uri: 'library://loans', gives: /2 loans/ },
    ],
  },
  'running-and-stopping': {
    'server/lifecycle.js#Archive': [{ tool: 'search', args: { word: 'Tides' }, gives: /A Year of Tides/ }],
  },
  'changing-what-is-there': {
    'server/changing.js#OpeningHours': [{ tool: 'lend', gives: /Lent/ }],
    'server/changing.js#WithPlugins': [{ tool: 'ring', gives: /Good morning/ }],
  },
  telemetry: {
    'desk.js#ObservedDesk': [
      {
        tool: 'book',
        args: { city: 'Rome' },
        answers: [true],
        model: ['Good trip!'],
        gives: /12A: Good trip!/,
      },
    ],
  },
};
