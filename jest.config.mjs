// Node strips the types itself, so nothing is transformed; ES modules need --experimental-vm-modules.
export default {
  testEnvironment: 'node',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/**/*.ts', '!src/storage/generated/**'],
  testTimeout: 30_000,
};
