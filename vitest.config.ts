import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          environment: 'node',
          // Some start a command or the runtime: on a machine under load that alone takes seconds.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts', 'tests/campaigns/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/browser/install-chromium.ts'],
          // Three times what one wait may take (PATIENCE_MS in harness.ts): what hangs is then named by its own wait.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Two cores: browsers that share them make each other slow, not faster.
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'endurance',
          include: ['tests/campaigns/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['tests/browser/install-chromium.ts'],
          env: { SHEAF_LONG: '1' },
          testTimeout: 14_400_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'bench',
          include: ['tests/bench/**/*.bench.ts'],
          environment: 'node',
          globalSetup: ['tests/browser/install-chromium.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
