import { Modal } from '@mantine/core';
import { Ways } from './ways.tsx';
import './sign-in.css';

/** Over the page when the session has ended: what stands on it stays, and goes on afterwards. */
export function SignInAgain({ login }: { readonly login: string }) {
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      lockScroll={false}
      title="Your session has ended"
      centered
    >
      <p>Sign in again as {login}. Nothing of what you wrote is lost: drafts are kept in this browser.</p>
      <Ways />
    </Modal>
  );
}
