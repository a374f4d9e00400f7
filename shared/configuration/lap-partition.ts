/** The partition of the privacy table with the places that the schedules of holds and erasures have come to. */
export const lapPartition = 'laps';

/** What a lap goes around. */
export type LapName = 'holds' | 'erasures' | 'late-looks';
