/** The partition of the privacy table with the places that the schedules of holds, erasures and exports have come to. */
export const lapPartition = 'laps';

/** What a lap goes around. */
export type LapName = 'holds' | 'erasures' | 'late-looks' | 'exports';
