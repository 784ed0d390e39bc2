// What the operator set for calls; the server writes it on the island's element (`app/src/meeting/inside`).
export interface Rules {
  /** Above this many people nobody's coming sounds. */
  sound: number;
  /** With more others than this, who comes starts muted. */
  mute: number;
  /** Milliseconds alone until one is asked whether one is still there; 0: never. */
  idle: number;
}

export function rules(): Rules {
  const { sound = 5, mute = 50, idle = 0 } = JSON.parse(document.getElementById('meeting')?.dataset.insideRules ?? '{}') as Partial<Rules>;
  return { sound, mute, idle };
}
