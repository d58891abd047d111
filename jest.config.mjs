// Node strips the types itself, so nothing is transformed; ES modules need --experimental-vm-modules.
const shared = {
  testEnvironment: 'node',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
};

/** Tests against a real PostgreSQL: one server for the run, a database of its own for each file. */
const WITH_DATABASE = ['integration', 'isolation', 'e2e', 'browser'];

const testsOf = (...rooms) => rooms.map((room) => `<rootDir>/test/${room}/**/*.test.ts`);

export default {
  maxWorkers: 2,
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/**/*.ts', '!src/storage/generated/**'],
  testTimeout: 30_000,
  projects: [
    {
      ...shared,
      displayName: 'pure',
      testMatch: testsOf('unit', 'property', 'types'),
    },
    {
      ...shared,
      displayName: 'database',
      testMatch: testsOf(...WITH_DATABASE),
      globalSetup: '<rootDir>/test/support/start-server.ts',
      globalTeardown: '<rootDir>/test/support/stop-server.ts',
    },
  ],
};
