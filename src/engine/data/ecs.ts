import { type CapSet, fromBigInt, fromNames } from '../cap-set.ts';

/**
 * The 37 capabilities up to CAP_BLOCK_SUSPEND, which a task definition may name, without CAP_.
 *
 * Source: Amazon ECS API Reference, KernelCapabilities.
 */
export const ECS_NAMEABLE: CapSet = fromBigInt((1n << 37n) - 1n);

/**
 * What a task on Fargate may add.
 *
 * Source: Amazon ECS API Reference, KernelCapabilities: tasks on Fargate only support adding SYS_PTRACE, from platform
 * version 1.4.0 on.
 */
export const FARGATE_ADDABLE: CapSet = fromNames(['CAP_SYS_PTRACE']);
