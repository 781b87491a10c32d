//! What the journeys share: a stage with servers and an engine for one person.
