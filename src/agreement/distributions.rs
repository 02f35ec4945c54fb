//! Normal, t and F: the quantiles that limits need, the same on every platform.

/// Share of the standard normal distribution below `x`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * libm::erfc(-x / std::f64::consts::SQRT_2)
}

/// The point below which a share `p` of the standard normal distribution lies, 0 < p < 1, to about 1e-12
/// (Acklam's rational approximation, then one step of Halley's).
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] =
        [0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416];
    let polynomial = |factors: &[f64], x: f64| factors.iter().fold(0.0, |sum, factor| sum * x + factor);
    let tail = |p: f64| {
        let q = (-2.0 * libm::log(p)).sqrt();
        polynomial(&C, q) / (polynomial(&D, q) * q + 1.0)
    };
    let x = if p < 0.02425 {
        tail(p)
    } else if p > 1.0 - 0.02425 {
        -tail(1.0 - p)
    } else {
        let q = p - 0.5;
        let r = q * q;
        polynomial(&A, r) * q / (polynomial(&B, r) * r + 1.0)
    };
    let density = libm::exp(-x * x / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    let step = (normal_cdf(x) - p) / density;
    x - step / (1.0 + x * step / 2.0)
}

/// Quantile of Student's t, 0.5 < p < 1.
#[must_use]
pub fn t_quantile(p: f64, free: f64) -> f64 {
    f_quantile(2.0 * p - 1.0, 1.0, free).sqrt()
}

/// Quantile of F with these degrees of freedom, which may be fractions; 0 < p < 1.
#[must_use]
pub fn f_quantile(p: f64, first: f64, second: f64) -> f64 {
    let (a, b) = (first / 2.0, second / 2.0);
    // Of x and 1 − x the smaller one is sought, so that neither is lost against 1.
    if beta(0.5, a, b) >= p {
        let x = beta_quantile(p, a, b);
        second * x / (first * (1.0 - x))
    } else {
        let y = beta_quantile(1.0 - p, b, a);
        second * (1.0 - y) / (first * y)
    }
}

/// The x ≤ ½ with I_x(a, b) = p: Newton's steps, held within what is known.
fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high, mut x) = (0.0, 0.5, 0.25);
    let front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    for _ in 0..200 {
        let off = beta(x, a, b) - p;
        if off > 0.0 {
            high = x
        } else {
            low = x
        }
        let density = libm::exp(front + (a - 1.0) * libm::log(x) + (b - 1.0) * libm::log1p(-x));
        let newton = x - off / density;
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        let step = (next - x).abs();
        x = next;
        if step <= 1e-15 * x {
            break;
        }
    }
    x
}

/// The regularised incomplete beta function I_x(a, b), by its continued fraction (Lentz).
fn beta(x: f64, a: f64, b: f64) -> f64 {
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_fraction(1.0 - x, b, a);
    }
    beta_fraction(x, a, b)
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
    let front = libm::exp(front + a * libm::log(x) + b * libm::log1p(-x)) / a;
    let kept = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / kept(1.0 + even * d);
        c = kept(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / kept(1.0 + odd * d);
        c = kept(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front * fraction
}

#[cfg(test)]
mod tests {
    use super::{f_quantile, normal_cdf, normal_quantile, t_quantile};

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-8 * wanted.abs().max(1.0), "{found} is not {wanted}");
    }

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // scipy.stats 1.12: norm.ppf, t.ppf, f.ppf.
        near(normal_quantile(0.975), 1.959963984540054);
        near(normal_quantile(0.001), -3.090232306167813);
        near(normal_quantile(0.5), 0.0);
        near(normal_cdf(1.0), 0.8413447460685429);
        near(t_quantile(0.975, 11.0), 2.200985160082949);
        near(f_quantile(0.975, 5.0, 15.0), 3.5764153492790607);
        near(f_quantile(0.975, 15.0, 5.0), 6.42772816707878);
        near(f_quantile(0.975, 59.0, 118_000.0), 1.3919685642513853);
    }
}
