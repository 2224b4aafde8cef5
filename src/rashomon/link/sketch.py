"""Vectors as bits: which side of fixed random planes a vector lies on.

In: unit vectors. Out: four numbers of 64 bits each. Never: planes that depend on the data.

Two vectors at an angle θ differ in a bit with probability θ/π (Charikar 2002); 256 bits give the angle within about 6°.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

SKETCH_PARTS = 4


@cache
def _planes(dimensions: int) -> NDArray[np.float32]:
    random = np.random.Generator(np.random.PCG64(11))
    return random.standard_normal((dimensions, 64 * SKETCH_PARTS), dtype=np.float32)


def sketch_vectors(vectors: NDArray[np.float16]) -> list[list[int | None]]:
    """`(n, d)` → n lists of `SKETCH_PARTS` signed 64-bit numbers (None for each where there are no vectors)."""
    if not vectors.size:
        return [[None] * SKETCH_PARTS for _ in range(len(vectors))]
    bits = (vectors.astype(np.float32) @ _planes(vectors.shape[1])) > 0
    packed = np.packbits(bits, axis=1).view(np.int64)
    return [[int(x) for x in row] for row in packed]
