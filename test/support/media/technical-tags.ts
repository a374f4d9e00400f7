const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** What a reader calls the parts of a format that hold how a picture or sound is laid out. Exif, XMP, IPTC and their like are none. */
const groups = words(`
  AAC AIFF Composite ExifTool File FLAC GIF IFD0 Info Jpeg2000 M2TS Matroska Meta MPEG Opus PNG PNG-pHYs QuickTime RIFF
  Theora Track1 Track2 Vorbis
`);

/** Sizes, durations, codecs, colours and versions: what a decoder needs, and nothing in which somebody is named. */
const names = words(`
  AlphaIsUsed AnimationIterations AspectRatio AudioBitrate AudioBitsPerSample AudioChannels AudioFormat AudioLayer
  AudioSampleCount AudioSampleRate AudioStreamType AV1ConfigurationVersion AverageBitrate AverageFrameRate AvgBitrate
  AvgBytesPerSec BackgroundColor Balance BitDepth BitDepthChroma BitDepthLuma BitsPerPixel BitsPerSample BlockSizeMax
  BlockSizeMin BMPVersion BufferSize ChannelMode Channels ChromaFormat ChromaSamplePosition CleanAperture CodecID
  ColorComponents ColorPrimaries ColorProfiles ColorResolutionDepth ColorSpace ColorType CompatibleBrands Compression
  CompressorID ConstantFrameRate ConstraintIndicatorFlags CopyrightFlag CurrentTime DataSize64 DocType
  DocTypeReadVersion DocTypeVersion Duration EBMLReadVersion EBMLVersion Emphasis Encoding EncodingProcess
  ExifByteOrder ExifToolVersion FileType FileTypeExtension FillOrder Filter FrameCount FrameRate FrameSizeMax
  FrameSizeMin GeneralLevelIDC GeneralProfileIDC GeneralProfileSpace GeneralTierFlag GenProfileCompatibilityFlags
  GIFVersion GraphicsMode HandlerClass HandlerType HasColorMap HEVCConfigurationVersion ImageHeight ImageLength
  ImagePixelDepth ImageSize ImageSpatialExtent ImageWidth IntensityStereo Interlace LayoutFlags MajorBrand
  MatrixCoefficients MatrixStructure MaxBitrate MaxDataRate MaximumBitrate MD5Signature MediaDataOffset MediaDataSize
  MediaDuration MediaHeaderVersion MediaLanguageCode MediaTimeScale Megapixels MIMEType MinimumBitrate MinorVersion
  MinSpatialSegmentationIDC ModeExtension MovieFragmentSequence MovieHeaderVersion MPEGAudioVersion MSStereo NextTrackID
  NominalBitrate NominalVideoBitrate NumberOfSamples64 NumChannels NumColors NumImportantColors NumSampleFrames
  NumTemporalLayers OpColor OpusVersion Orientation OriginalMedia OutputGain PageNumber ParallelismType
  PhotometricInterpretation PixelAspectRatio PixelFormat PixelsPerMeterX PixelsPerMeterY PixelsPerUnitX PixelsPerUnitY
  PixelUnits PlanarConfiguration Planes PosterTime Predictor PreferredRate PreferredVolume PreviewDuration PreviewTime
  PrimaryChromaticities PrimaryItemReference ProfileType PurchaseFileFormat Quality ResolutionUnit RIFFSize64 Rotation
  RowsPerStrip SampleRate SampleSize SamplesPerPixel SelectionDuration SelectionTime SourceImageHeight SourceImageWidth
  StreamCount StreamType StripByteCounts StripOffsets TemporalIDNested TheoraVersion TimecodeScale TimeScale
  TotalSamples TrackDefault TrackDuration TrackHeaderVersion TrackID TrackLanguage TrackLayer TrackNumber TrackType
  TrackUID TrackVolume TransferCharacteristics VideoBitrate VideoCodec VideoFieldOrder VideoFrameCount VideoFrameRate
  VideoFullRangeFlag VideoScanType VorbisVersion WhitePoint XOffset XResolution YCbCrSubSampling YOffset YResolution
`);

const noTime = /^0000:00:00 00:00:00$/;
const ffmpeg = /^Lav[cf][\d.]*(?: \w+)?$/;
/** Of what may be free text or a time, the values that every file has. */
const values: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    ['', 'Track', 'Media'].flatMap((of) =>
      [`${of}CreateDate`, `${of}ModifyDate`].map((name) => [name, noTime]),
    ),
  ),
  AudioCodec: /^\W?$/,
  CompressorName: ffmpeg,
  Encoder: ffmpeg,
  MuxingApp: ffmpeg,
  WritingApp: ffmpeg,
  HandlerDescription: /^(?:Video|Sound|Data)Handler$/,
  Vendor: /^$/,
  VendorID: /^FFmpeg$/,
  // of ffprobe
  encoder: ffmpeg,
  handler_name: /^(?:Video|Sound)Handler$/,
  language: /^und$/,
  vendor_id: /^(?:FFMP|\[0\]\[0\]\[0\]\[0\])$/,
  major_brand: /^[\w ]{4}$/,
  compatible_brands: /^[\w ]+$/,
  minor_version: /^\d+$/,
  // Of ExifTool itself: it knows no AAC in older versions, and does not read on in a list of films.
  Error: /^Unknown file type$/,
  Warning: /^Possibly corrupt LIST_movi data$/,
};

/** Is this tag of a reader's one that only tells how to decode the file? The group is ExifTool's, and `ffprobe` for the other. */
export function isTechnical(group: string, name: string, value: unknown): boolean {
  if (group === 'System') return true; // of the file system
  if (group !== 'ffprobe' && !groups.has(group)) return false;
  return values[name]?.test(String(value)) ?? (group !== 'ffprobe' && names.has(name));
}
