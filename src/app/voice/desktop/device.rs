//! Other desktops: the device that the system plays to, through WASAPI on Windows and Core Audio on macOS.

use cpal::traits::{DeviceTrait as _, HostTrait as _, StreamTrait as _};
use cpal::{FromSample, SampleFormat, SizedSample, Stream, StreamConfig};

use super::super::player::Device;
use super::rate::Line;
use super::{Both, now, opus};

/// Samples that the system holds before they are heard, about: it does not say beforehand, and 30 ms is usual.
pub const AHEAD: u32 = opus::RATE * 30 / 1000;

/// What the system knows a device by.
fn known_as(device: &cpal::Device) -> Option<String> {
    device.id().ok().map(|id| id.to_string())
}

/// What there is to be heard with; the first is what the system takes by itself.
///
/// # Errors
/// The system does not say.
pub fn devices() -> Result<Vec<Device>, String> {
    let host = cpal::default_host();
    let usual = host.default_output_device().as_ref().and_then(known_as);
    let all = host.output_devices().map_err(|problem| problem.to_string())?;
    let device = |one: cpal::Device| {
        let id = known_as(&one)?;
        let name = one.description().map_or_else(|_| id.clone(), |described| described.to_string());
        Some(Device { id, name })
    };
    let mut found: Vec<Device> = all.filter_map(device).collect();
    found.sort_by_key(|device| Some(&device.id) != usual.as_ref());
    Ok(found)
}

/// A stream to the device.
pub struct Output(Stream);

impl Output {
    /// # Errors
    /// There is no device, or none that takes what we have.
    pub fn open(both: &Both, device: &str) -> Result<Self, String> {
        let host = cpal::default_host();
        let device = if device.is_empty() {
            host.default_output_device()
        } else {
            host.output_devices().ok().and_then(|mut all| all.find(|one| known_as(one).is_some_and(|id| id == device)))
        };
        let device = device.ok_or("this machine has nothing to be heard with")?;
        let offered = device.default_output_config().map_err(|problem| problem.to_string())?;
        let config = offered.config();
        match offered.sample_format() {
            SampleFormat::F32 => stream::<f32>(&device, config, both),
            SampleFormat::I16 => stream::<i16>(&device, config, both),
            SampleFormat::I32 => stream::<i32>(&device, config, both),
            SampleFormat::U16 => stream::<u16>(&device, config, both),
            other => Err(format!("the device wants samples as {other}")),
        }
        .map(Self)
    }

    /// Samples are asked for from now on, or no longer.
    ///
    /// # Errors
    /// The device has gone.
    pub fn run(&self, run: bool) -> Result<(), String> {
        if run { self.0.play() } else { self.0.pause() }.map_err(|problem| problem.to_string())
    }
}

fn stream<T>(device: &cpal::Device, config: StreamConfig, both: &Both) -> Result<Stream, String>
where
    T: SizedSample + FromSample<f32>,
{
    let channels = usize::from(config.channels).max(1);
    let mut line = Line::new(config.sample_rate);
    let (played, failed) = (both.clone(), both.clone());
    let fill = move |samples: &mut [T], _: &cpal::OutputCallbackInfo| {
        let mut shared = played.lock();
        shared.mix.is_asked(now());
        for frame in samples.chunks_mut(channels) {
            // The same in both ears.
            frame.fill(T::from_sample(line.next(|| shared.mix.sample())));
        }
    };
    let lost = move |_| failed.lock().lost = true;
    device.build_output_stream(config, fill, lost, None).map_err(|problem| problem.to_string())
}
