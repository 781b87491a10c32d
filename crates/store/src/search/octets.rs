//! Ascending numbers in few octets: of each how much more it is than the one before, seven bits an octet, the low ones first.

pub(crate) fn octets(ids: &[i64]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(ids.len());
    let mut before = 0;
    for id in ids {
        let mut more = id.abs_diff(before);
        before = *id;
        while more >= 0x80 {
            octets.push((more & 0x7F) as u8 | 0x80);
            more >>= 7;
        }
        octets.push(more as u8);
    }
    octets
}

pub(crate) fn ids(octets: &[u8]) -> Vec<i64> {
    let mut ids = Vec::with_capacity(octets.len());
    let (mut before, mut more, mut shift) = (0_i64, 0_i64, 0_u32);
    for octet in octets {
        more |= i64::from(octet & 0x7F) << shift.min(56);
        shift += 7;
        if octet & 0x80 == 0 {
            before += more;
            ids.push(before);
            (more, shift) = (0, 0);
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_written_and_read_back() {
        for volumes in [
            vec![],
            vec![1],
            vec![1, 2, 127, 128, 300, 100_000, i64::from(u32::MAX)],
        ] {
            assert_eq!(ids(&octets(&volumes)), volumes);
        }
    }
}
