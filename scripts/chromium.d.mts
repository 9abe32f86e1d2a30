import type { LaunchOptions } from 'playwright-core';

export function findChromium(): string;
export function launchOptions(): LaunchOptions;
