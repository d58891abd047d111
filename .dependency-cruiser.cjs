// The rooms of the house (docs/architecture.md) and the doors between them. TypeScript 7 has no compiler API that
// dependency-cruiser can use: without `parser: 'swc'` it would see no import at all and find everything in order, so
// test/unit/room-boundaries.test.ts shows it a violation of every rule.
const FEATURES = [
  'teams',
  'profiles',
  'change-requests',
  'exports',
  'audit',
  'identity',
  'policies',
  'emergencies',
  'upkeep',
  'overview',
];
const features = `^src/(${FEATURES.join('|')})/`;

/** Everything outside of some rooms: other rooms, packages, and what comes with Node. */
const notOf = (...rooms) => `^src/(${rooms.join('|')})/`;

module.exports = {
  forbidden: [
    {
      name: 'kernel-imports-no-room',
      comment: 'Everything stands on the kernel, so it stands on nothing.',
      severity: 'error',
      from: { path: '^src/kernel/' },
      to: { path: '^src/', pathNot: '^src/kernel/' },
    },
    {
      name: 'engine-is-pure',
      comment:
        'The engine runs in a browser as it is: it reaches nothing but itself and the kernel, no package, no Node.',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { pathNot: notOf('engine', 'kernel'), reachable: true },
    },
    {
      name: 'formats-are-pure',
      comment: 'Formats run wherever the engine runs; of packages they may use yaml.',
      severity: 'error',
      from: { path: '^src/formats/' },
      to: { pathNot: [notOf('formats', 'engine', 'kernel'), '/yaml/'], reachable: true },
    },
    {
      name: 'policy-is-pure',
      comment: 'Tier and change in, requirements out; nothing else decides.',
      severity: 'error',
      from: { path: '^src/policy/' },
      to: { pathNot: notOf('policy', 'engine', 'kernel'), reachable: true },
    },
    {
      name: 'storage-knows-no-feature',
      comment: 'Storage opens the door to a tenant and does not care what goes through.',
      severity: 'error',
      from: { path: '^src/storage/' },
      to: { path: '^src/', pathNot: notOf('storage', 'kernel') },
    },
    {
      name: 'access-knows-no-feature',
      comment: 'Who somebody is and what they may do comes before what they want.',
      severity: 'error',
      from: { path: '^src/access/' },
      to: { path: '^src/', pathNot: notOf('access', 'storage', 'kernel') },
    },
    {
      name: 'features-know-no-transport',
      comment:
        'A use case does not know whether GraphQL, REST or the command line called it; its .graphql.ts and .rest.ts do.',
      severity: 'error',
      from: { path: features, pathNot: '\\.(graphql|rest)\\.ts$' },
      to: { path: ['^src/(graphql|http|cli)/', '\\.(graphql|rest)\\.ts$'] },
    },
    {
      name: 'graphql-is-no-rest',
      comment: 'The two transports translate the same use cases and need nothing of each other.',
      severity: 'error',
      from: { path: '\\.graphql\\.ts$|^src/graphql/' },
      to: { path: '\\.rest\\.ts$|^src/(http|cli)/' },
    },
    {
      name: 'transports-call-no-store',
      comment: 'Translate in, call a use case, translate out. The types of what a store reads may pass through.',
      severity: 'error',
      from: { path: '\\.(graphql|rest)\\.ts$' },
      to: { path: '-store\\.ts$|^src/storage/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'http-knows-no-feature',
      comment: 'The server carries requests; the features bring their own routes to it through src/app.ts.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/', pathNot: notOf('http', 'access', 'graphql', 'storage', 'kernel') },
    },
    {
      name: 'database-behind-storage',
      comment: 'Prisma and pg stay replaceable, and nothing passes without a tenant.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: ['^node_modules/(@prisma|pg)/', '^src/storage/generated/'] },
    },
    {
      name: 'web-needs-no-service',
      comment:
        'The page runs in a browser: of the house it takes what is pure, and of the API the types that are written for it.',
      severity: 'error',
      from: { path: '^src/web/' },
      to: { path: '^src/', pathNot: notOf('web', 'engine', 'formats', 'policy', 'kernel') },
    },
    {
      name: 'nobody-needs-the-web',
      comment: 'The service serves the page as files, and knows nothing of what is in it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { path: '^src/web/' },
    },
    {
      name: 'one-composition-root',
      comment: 'Only what starts a process puts things together or reads settings.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: '^src/cli/' },
      to: { path: '^src/(app|main|config)\\.ts$' },
    },
    {
      name: 'product-needs-no-tests',
      comment: 'What ships does not lean on tests, scripts or development packages.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'product-needs-no-development-package',
      comment: 'What ships is installed without them. The page ships built: what it is made of is in it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-circles',
      comment: 'Data goes through once, in one direction. A circle that types close is none when the program runs.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-loose-ends',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^src/storage/generated/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
