import { isZero, Secret } from '../../streams/events/index.js';

/** Every secret that is made from here on, until `end`. */
export interface BornSecrets {
  /** How many of them can be read. */
  readonly readable: number;
  end(): void;
}

export const bornSecrets = (): BornSecrets => {
  const born: Secret[] = [];
  const noted = (secret: Secret): Secret => {
    born.push(secret);
    return secret;
  };
  const { of } = Secret;
  const { copy } = Secret.prototype;
  Secret.of = (...bytes) => noted(of.apply(Secret, bytes));
  Secret.prototype.copy = function () {
    return noted(copy.call(this));
  };
  return {
    get readable() {
      return born.filter((secret) => !isZero(secret.reveal())).length;
    },
    end: () => {
      Secret.of = of;
      Secret.prototype.copy = copy;
    },
  };
};
